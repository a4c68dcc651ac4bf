// KUBECONFIG FOLDER FILE: one scan in a process of its own, as `kubectl diff` is one. Prints the names of the objects with differences.
import { scanDrift } from '@fairlead/engine';
import { namesIn, renderedScan } from './rendered-scan.ts';

const [kubeconfig = '', folder = '', file = ''] = process.argv.slice(2);
const { ports, request } = await renderedScan(kubeconfig, folder, file);
const scanned = await scanDrift(ports, request);
if (scanned.kind !== 'scanned') throw new Error(scanned.message);
console.log(JSON.stringify([...namesIn(scanned.reports)]));
