import { checkReport, documentFinding, type CheckReport, type Digest, type RepoPath } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import type { Attestor } from '../ports/attestor.ts';
import type { Evaluator } from '../ports/evaluator.ts';
import type { PathTree } from '../ports/file-snapshot.ts';
import type { Registry } from '../ports/registry.ts';
import type { SourceHistory } from '../ports/source-history.ts';
import { checkEnvironment } from './check-environment.ts';
import { checkReferences } from './check-references.ts';
import { checkSignatures } from './check-signatures.ts';
import { checkSources } from './check-sources.ts';
import { excerptsOf } from './excerpts.ts';
import { CheckNotes, type Checking, type RenderedEnvironment } from './checking.ts';
import { originFinder } from './origins.ts';
import { findEnvironments, type FoundEnvironment } from './find-environments.ts';
import { TextFiles } from './text-files.ts';

export interface CheckPorts extends Pick<EnginePorts, 'renderer'> {
  readonly evaluator?: Evaluator;
  /** Absent: what policies ask of signatures is left open. */
  readonly attestor?: Attestor;
  /** Absent: where releases come from is left open. */
  readonly source?: SourceHistory;
  /** Absent: what a registry keeps is left open. */
  readonly registry?: Registry;
}

export interface CheckRequest {
  readonly files: PathTree;
  /** Where to look; '' is the root. */
  readonly path: RepoPath | '';
  readonly configuration: CheckReport['configuration'];
}

export interface Checked {
  readonly report: CheckReport;
  /** The line of each finding, by fingerprint, where it may be shown. */
  readonly excerpts: ReadonlyMap<Digest, string>;
}

/** Judges everything that can be judged of a tree alone, and says what can't. Changes nothing. */
export async function checkTree(
  { renderer, evaluator, attestor, source, registry }: CheckPorts,
  { files, path, configuration }: CheckRequest,
): Promise<Checked> {
  const texts = new TextFiles(files);
  const origins = originFinder({ renderer, files, texts });
  const checking: Checking = { renderer, evaluator, source, registry, files, texts, notes: new CheckNotes(), origins };
  const { services, environments } = await findEnvironments(files, path);
  const invalid = services.filter((service) => service.kind === 'invalid');
  const problems = invalid.flatMap((service) => service.problems);
  checking.notes.findings.push(...problems.map((problem) => documentFinding(problem)));

  const references = await checkReferences(checking, services, environments);
  await checkSignatures(checking, environments, { releases: references, attestor });
  // The renderer has as many at once as it has workers.
  const rendered = await Promise.all(environments.map((environment) => render(checking, environment)));
  const secrets = await checkSources(checking, rendered, path);
  for (const environment of rendered) await checkEnvironment(checking, environment, { releases: references, secrets });

  const { findings, notChecked } = checking.notes;
  const report = checkReport({ configuration, environments: environments.length, findings, notChecked });
  return { report, excerpts: await excerptsOf(texts, report) };
}

async function render({ renderer, files }: Checking, environment: FoundEnvironment): Promise<RenderedEnvironment> {
  const outcome = await renderer.render(environment.path, files);
  return { ...environment, outcome, inputs: outcome.inputs.filter(({ kind }) => kind === 'file').map((input) => input.path) };
}
