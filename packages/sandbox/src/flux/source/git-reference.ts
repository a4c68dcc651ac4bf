import { textAt, type JsonObject } from '../../json/json.ts';

export interface ResolvedReference {
  readonly commit: string;
  /** As `status.artifact.revision` writes it. */
  readonly revision: string;
}

/** Why a reference names nothing, in the words of the controller. */
export class UnknownReferenceError extends Error {}

/** What `spec.ref` names among the refs of a repository: a commit before a name, a name before a tag, a tag before a branch. */
export function resolveReference(ref: JsonObject, refs: ReadonlyMap<string, string>): ResolvedReference {
  const given = (field: string): string => textAt(ref, field) ?? '';
  const [branch, commit, name, tag] = [given('branch'), given('commit'), given('name'), given('tag')] as const;
  if (commit !== '') return { commit, revision: branch === '' ? hash(commit) : `${branch}@${hash(commit)}` };
  if (name !== '') return resolveName(name, refs);
  if (given('semver') !== '') throw new UnknownReferenceError('the sandbox follows branches, tags, names and commits, not semver');
  if (tag !== '') return resolveShort(`refs/tags/${tag}`, tag, refs);
  const followed = branch === '' ? 'master' : branch;
  return resolveShort(`refs/heads/${followed}`, followed, refs);
}

function resolveName(name: string, refs: ReadonlyMap<string, string>): ResolvedReference {
  const commit = refs.get(`${name}^{}`) ?? refs.get(name);
  if (commit === undefined) throw new UnknownReferenceError(`unable to resolve ref '${name}' to a specific commit`);
  return { commit, revision: `${name}@${hash(commit)}` };
}

function resolveShort(ref: string, short: string, refs: ReadonlyMap<string, string>): ResolvedReference {
  const commit = refs.get(`${ref}^{}`) ?? refs.get(ref);
  if (commit === undefined) throw new UnknownReferenceError(`couldn't find remote ref "${ref}"`);
  return { commit, revision: `${short}@${hash(commit)}` };
}

function hash(commit: string): string {
  return `sha1:${commit}`;
}
