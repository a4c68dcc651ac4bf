import { NotFoundError } from '@fairlead/domain';
import { z } from 'zod';
import type { Run } from '../command.ts';
import { ContentError } from '../content-error.ts';
import { exitCode } from '../exit-code.ts';
import { environmentNamed } from '../local/environment-named.ts';
import { releaseMeant } from '../local/release-meant.ts';
import { openWorld, type LocalWorld } from '../local/wire.ts';
import { parseOptions } from '../options.ts';
import { contractText } from '../output/contract-text.ts';
import { printDocument } from '../output/print.ts';

const text = z.string().min(1, 'is empty').optional();
const Options = z.object({ environment: text, release: text });

export const run: Run = async ({ terminal, args: [path], options: given, format }) => {
  const options = parseOptions(Options, given);
  await using world = await openWorld(terminal, path);
  const environment = await environmentNamed(world, options.environment).catch(async (error: unknown) => {
    await explainUndeclared(world);
    throw error;
  });
  const release = await releaseMeant(terminal, { world, environment, named: options.release });
  const { service } = environment.declared;
  const { metadata } = release.manifest;
  if (metadata.service !== service.metadata.name) {
    throw new ContentError('release-of-another-service', `release ${metadata.version} is of service ${metadata.service}`, [
      `environment ${environment.name} is of service ${service.metadata.name}\n    fix: give a release of ${service.metadata.name}`,
    ]);
  }
  const resolved = await world.resolveContract(environment, release);
  if (resolved.kind === 'broken') {
    const details = resolved.faults.map(
      ({ file, line, rule, message, fix }) => `${file}:${String(line)}: ${message} (${rule})\n    fix: ${fix}`,
    );
    throw new ContentError('contract-broken', `release ${metadata.version} does not fit environment ${environment.name}`, details);
  }
  const { contract, digest } = resolved;
  printDocument(terminal, format, { document: { ...contract, digest }, text: contractText(contract, digest) });
  return exitCode.done;
};

/** An environment of a wrong root isn't found, and nobody would know why. */
async function explainUndeclared(world: LocalWorld): Promise<void> {
  const problems = await world.documentProblems();
  if (problems.length > 0) {
    const details = problems.map(({ file, line, message, hint }) => {
      return `${file}:${String(line)}: ${message}${hint === undefined ? '' : `\n    fix: ${hint}`}`;
    });
    throw new ContentError('document-invalid', 'the documents of this service root do not hold', details);
  }
  if ((await world.environments()).some(({ declared }) => declared !== undefined)) return;
  throw new NotFoundError('environment-unknown', 'nothing here declares an environment, so that there is no profile to resolve', {
    hint: 'declare what you have: fairlead init',
  });
}
