import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { rendererVersions } from '@fairlead/adapters/renderer';
import { rules } from '@fairlead/domain';
import { version } from '../../version.ts';

const packages = ['@fairlead/domain', '@fairlead/engine', '@fairlead/adapters/git'] as const;

/** What decides on a verdict besides the files: the rules, what renders, and our own code, as far as a build says what it was made of. `undefined` where the
 *  program runs from its sources, which nothing names. */
export async function programIdentity(): Promise<string | undefined> {
  const entries = packages.map((name) => import.meta.resolve(name));
  if (entries.some((entry) => entry.endsWith('.ts'))) return undefined;
  const builds = await Promise.all(entries.map(buildOf));
  return createHash('sha256')
    .update(JSON.stringify([version, rules, await rendererVersions(), builds]))
    .digest('hex');
}

/** An installed package has no record of its build, and needs none: its version names it. */
async function buildOf(entry: string): Promise<string> {
  const dist = entry.slice(0, entry.lastIndexOf('/dist/') + '/dist/'.length);
  const record = await readFile(new URL('.tsbuildinfo', dist)).catch(() => undefined);
  return record === undefined ? '' : createHash('sha256').update(record).digest('hex');
}
