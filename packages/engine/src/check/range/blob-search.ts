import { valueDigest, type FoundFault, type ObjectSha, type Rule } from '@fairlead/domain';
import type { CommitFile, CommitHistory } from '../../ports/commit-history.ts';
import { scanFile } from '../secrets/scan-file.ts';

export interface FoundInFile {
  readonly file: CommitFile;
  readonly fault: FoundFault;
  /** Of the value, wherever it stands. */
  readonly identity: string;
}

/** In bytes; what is larger is no text that people write. */
const largestBlob = 4 * 1024 * 1024;

/** Tells values of one run apart, and nothing to anybody: it is in no output. */
const keyOfRun = 'range';
const noValue = valueDigest('', keyOfRun);

/** These are about what can't be read or is read wrongly: nothing that an earlier commit would give away. */
const aboutNoValue: readonly Rule[] = ['S16', 'S19', 'S20'];

/** Secrets in contents of a repository. Each is read and searched once for a path. */
export class BlobSearch {
  readonly #history: CommitHistory;
  readonly #found = new Map<string, Promise<readonly FoundInFile[]>>();
  /** Files that could not be searched, with the reason. */
  readonly unread: { readonly because: string; readonly file: string }[] = [];

  constructor(history: CommitHistory) {
    this.#history = history;
  }

  async allOf(files: ReadonlyMap<string, ObjectSha>): Promise<readonly FoundInFile[]> {
    const found: FoundInFile[] = [];
    for (const [path, blob] of files) found.push(...(await this.secretsOf({ path, blob })));
    return found;
  }

  secretsOf(file: CommitFile): Promise<readonly FoundInFile[]> {
    const key = keyOf(file);
    const found = this.#found.get(key) ?? this.#search(file);
    this.#found.set(key, found);
    return found;
  }

  async #search(file: CommitFile): Promise<readonly FoundInFile[]> {
    const answer = await this.#history.blob(file.blob, largestBlob);
    if (answer.kind !== 'blob') {
      const because = answer.kind === 'absent' ? 'this clone left it out (git fetch --refetch --no-filter)' : 'too large to be searched';
      this.unread.push({ because, file: file.path });
      return [];
    }
    return scanFile(file.path, answer.bytes, { fingerprintKey: keyOfRun })
      .filter(({ rule }) => !aboutNoValue.includes(rule))
      .map(({ valueDigest: digest, ...fault }) => ({ file, fault, identity: identityOf(fault, { file, digest }) }));
  }
}

export function keyOf({ path, blob }: CommitFile): string {
  return `${blob} ${path}`;
}

/** A secret without a value of its own, such as a key store, is its file. */
function identityOf({ rule }: FoundFault, { file, digest }: { readonly file: CommitFile; readonly digest: string | undefined }): string {
  return digest === undefined || digest === noValue ? `${rule} ${file.blob}` : digest;
}
