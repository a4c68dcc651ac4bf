import { rules, type SecretCount } from '@fairlead/domain';
import { scanFile } from '../check/secrets/scan-file.ts';
import type { FileAnswer, FileSnapshot } from '../ports/file-snapshot.ts';
import type { PathChange } from '../ports/path-history.ts';
import type { PastFiles } from './input-changes.ts';

/** In bytes, and in versions of files: what takes longer is for `check --range`. */
const largest = 1024 * 1024;
const mostVersions = 5_000;

/** Values in clear in the files as they are. */
export async function secretsInTree(files: FileSnapshot, paths: readonly string[]): Promise<SecretCount> {
  const counter = new SecretCounter();
  for (const path of paths) counter.add(path, await files.look(path));
  return counter.count();
}

/** Values in clear in all that the changes brought. */
export async function secretsInPast(past: PastFiles, changes: readonly PathChange[]): Promise<SecretCount> {
  const counter = new SecretCounter();
  for (const { commit, files } of changes) {
    const then = await past.snapshot(commit);
    for (const path of files) counter.add(path, await then.look(path));
  }
  return counter.count();
}

class SecretCounter {
  readonly #seen = new Set<string>();
  #found = 0;
  #tooLarge: string | undefined;

  /** Each content once, wherever it was. */
  add(path: string, answer: FileAnswer): void {
    if (answer.kind !== 'file' || this.#seen.has(answer.digest) || this.#seen.size >= mostVersions) return;
    this.#seen.add(answer.digest);
    if (answer.bytes.length > largest) this.#tooLarge ??= path;
    else
      this.#found += scanFile(path, answer.bytes, {}).filter(({ rule, severity }) => (severity ?? rules[rule].severity) === 'error').length;
  }

  count(): SecretCount {
    if (this.#found > 0) return { kind: 'counted', found: this.#found };
    if (this.#tooLarge !== undefined) return { kind: 'unknown', because: `${this.#tooLarge} is too large` };
    if (this.#seen.size < mostVersions) return { kind: 'counted', found: 0 };
    return { kind: 'unknown', because: `there are more than ${String(mostVersions)} versions of files: see fairlead check --range` };
  }
}
