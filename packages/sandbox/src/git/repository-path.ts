import { lstat, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

const segment = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const endpoints = ['info/refs', 'git-upload-pack', 'git-receive-pack'] as const;

export type GitEndpoint = (typeof endpoints)[number];

export interface GitTarget {
  /** `group/name.git`, relative to the root. */
  readonly repository: string;
  readonly endpoint: GitEndpoint;
}

/** Reads a request's path as it came, without any normalisation: what isn't plainly a repository and an endpoint is refused. */
export function parseGitTarget(rawPath: string): GitTarget | undefined {
  const endpoint = endpoints.find((candidate) => rawPath.endsWith(`/${candidate}`));
  if (endpoint === undefined || !rawPath.startsWith('/')) return undefined;
  const repository = rawPath.slice(1, -endpoint.length - 1);
  return isRepositoryName(repository) ? { repository, endpoint } : undefined;
}

function isRepositoryName(name: string): boolean {
  return name.endsWith('.git') && name.split('/').every((part) => segment.test(part) && !part.includes('..'));
}

/** `group/name` or `group/name.git`, as the relative path of a bare repository. */
export function repositoryFolder(name: string): string {
  const folder = name.endsWith('.git') ? name : `${name}.git`;
  if (!isRepositoryName(folder))
    throw new Error(`repository name '${name}' is not a plain path of letters, digits, dots, dashes and underscores`);
  return folder;
}

/** Whether it exists inside the root; a link that leads out of it doesn't. */
export async function repositoryExists(root: string, repository: string): Promise<boolean> {
  try {
    const real = await realpath(join(root, repository));
    return real.startsWith((await realpath(root)) + sep) && (await lstat(join(real, 'HEAD'))).isFile();
  } catch {
    return false;
  }
}
