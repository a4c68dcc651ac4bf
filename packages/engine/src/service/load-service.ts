import {
  configurationProblems,
  digestOf,
  documentText,
  readControlRegister,
  readEnvironment,
  readPolicy,
  readProfile,
  readService,
  readValidationPhase,
  resolvePolicy,
  type Digest,
  type Located,
  type Parsed,
  type Problem,
  type ServiceDocuments,
  type ValidationPhase,
} from '@fairlead/domain';
import type { PathTree } from '../ports/file-snapshot.ts';
import type { LoadedService, ServiceConfiguration } from './service-configuration.ts';

/** One service root, whole or not at all. */
export async function loadService(files: PathTree, root: string): Promise<LoadedService> {
  const folder = `${root === '' ? '' : `${root}/`}.fairlead/`;
  const listed = await files.files(folder.slice(0, -1));
  const tree: Tree = { files, folder, paths: listed === 'absent' ? [] : listed.map(({ path }) => path) };
  const service = await readAll(files, [`${folder}service.yaml`], readService);
  const environments = await readAll(files, documentsIn(tree, 'environments/'), readEnvironment);
  const profiles = await readAll(files, documentsIn(tree, 'profiles/'), readProfile);
  const policies = await readAll(files, documentsIn(tree, 'policies/'), readPolicy);
  const phases = await readAll(files, documentsIn(tree, 'validations/'), readValidationPhase);

  // It decides on no promotion, so it is no part of the digest.
  const controls = await readAll(files, documentsIn(tree, '').filter(isControlRegister(folder)), readControlRegister);

  const all = [service, environments, profiles, policies, phases];
  const problems = [...all, controls].flatMap((read) => read.problems);
  const [first] = service.located;
  if (first === undefined || problems.length > 0) return { kind: 'invalid', root, problems };
  const documents: ServiceDocuments = {
    service: first,
    environments: environments.located,
    profiles: profiles.located,
    policies: policies.located,
    phases: phases.located,
  };
  return configurationOf(documents, {
    root,
    controls: valuesOf(controls.located).flatMap(({ spec }) => spec.controls),
    digest: digestOf(all.flatMap((read) => read.digests)),
  });
}

type Around = Pick<ServiceConfiguration, 'root' | 'controls' | 'digest'>;

function configurationOf(documents: ServiceDocuments, { root, controls, digest }: Around): LoadedService {
  const problems = configurationProblems(documents);
  const resolution = resolvePolicy(valuesOf(documents.policies));
  if (resolution.kind === 'conflict' || problems.length > 0) return { kind: 'invalid', root, problems };
  return {
    kind: 'ok',
    root,
    service: documents.service.value,
    environments: valuesOf(documents.environments),
    profiles: valuesOf(documents.profiles),
    policy: resolution.policy,
    phases: inOrder(valuesOf(documents.phases)),
    controls,
    digest,
  };
}

function valuesOf<T>(located: readonly Located<T>[]): readonly T[] {
  return located.map(({ value }) => value);
}

function isControlRegister(folder: string): (path: string) => boolean {
  return (path) => /^controls\.(ya?ml|json)$/.test(path.slice(folder.length));
}

interface Tree {
  readonly files: PathTree;
  readonly folder: string;
  readonly paths: readonly string[];
}

/** Documents of a kind lie side by side: folders below hold something else. */
function documentsIn({ folder, paths }: Tree, name: string): readonly string[] {
  const prefix = `${folder}${name}`;
  return paths.filter((path) => path.startsWith(prefix) && /^[^/]+\.(ya?ml|json)$/.test(path.slice(prefix.length)));
}

interface ReadAll<T> {
  readonly located: readonly Located<T>[];
  readonly digests: readonly Digest[];
  readonly problems: readonly Problem[];
}

async function readAll<T>(files: PathTree, paths: readonly string[], read: (text: string, file: string) => Parsed<T>): Promise<ReadAll<T>> {
  const located: Located<T>[] = [];
  const digests: Digest[] = [];
  const problems: Problem[] = [];
  for (const file of paths) {
    const answer = await files.look(file);
    if (answer.kind !== 'file') continue;
    const decoded = documentText(answer.bytes, file);
    const parsed = decoded.kind === 'text' ? read(decoded.text, file) : decoded;
    if (parsed.kind === 'invalid') {
      problems.push(...parsed.problems);
      continue;
    }
    located.push({ value: parsed.value, file, lines: parsed.lines });
    digests.push(parsed.digest);
  }
  return { located, digests, problems };
}

/** Phases in the order in which they run: each after those that it names, by name otherwise. A circle is entered somewhere. */
function inOrder(phases: readonly ValidationPhase[]): readonly ValidationPhase[] {
  const left = phases.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const placed: ValidationPhase[] = [];
  while (left.length > 0) {
    const waits = (phase: ValidationPhase): boolean =>
      phase.spec.after.some((name) => left.some((other) => other !== phase && other.metadata.name === name));
    const next = left.findIndex((phase) => !waits(phase));
    placed.push(...left.splice(Math.max(next, 0), 1));
  }
  return placed;
}
