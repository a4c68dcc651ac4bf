import { parentPort } from 'node:worker_threads';
import type { AttestationQuestion } from '@fairlead/engine';
import { attestMaterial } from './attest-material.ts';

if (parentPort === null) throw new Error('this file is the entry of a worker thread');
const caller = parentPort;

caller.on('message', (question: AttestationQuestion) => {
  caller.postMessage(attestMaterial(question));
});
