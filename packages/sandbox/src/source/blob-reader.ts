import { spawn } from 'node:child_process';

import { isolatedGitEnvironment } from '../git/isolated-git.ts';

export interface BlobReader extends Disposable {
  read(objectId: string): Promise<Uint8Array>;
}

interface Waiter {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** One `git cat-file --batch` for many reads: it answers in the order it is asked. */
export function blobReader(repository: string): BlobReader {
  const child = spawn('git', ['cat-file', '--batch'], {
    cwd: repository,
    env: isolatedGitEnvironment(),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const waiters: Waiter[] = [];
  let pending: Buffer = Buffer.alloc(0);

  child.stdout.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    for (let answer = nextAnswer(pending); answer !== undefined; answer = nextAnswer(pending)) {
      pending = pending.subarray(answer.length);
      const waiter = waiters.shift();
      if (answer.bytes === undefined) waiter?.reject(new Error('object is missing'));
      else waiter?.resolve(answer.bytes);
    }
  });
  const abandon = (): void => {
    for (const waiter of waiters.splice(0)) waiter.reject(new Error('git cat-file ended'));
  };
  child.on('error', abandon);
  child.on('close', abandon);
  child.stdin.on('error', abandon);

  return {
    read: (objectId) =>
      new Promise((resolve, reject) => {
        waiters.push({ resolve, reject });
        child.stdin.write(`${objectId}\n`);
      }),
    [Symbol.dispose]: () => {
      child.kill();
    },
  };
}

interface Answer {
  readonly length: number;
  readonly bytes: Uint8Array | undefined;
}

/** `<id> <type> <size>\n<content>\n`, or `<id> missing\n`; undefined while it isn't all there. */
function nextAnswer(buffer: Buffer): Answer | undefined {
  const lineEnd = buffer.indexOf(0x0a);
  if (lineEnd === -1) return undefined;
  const [, , size] = buffer.subarray(0, lineEnd).toString('latin1').split(' ');
  if (size === undefined) return { length: lineEnd + 1, bytes: undefined };
  const end = lineEnd + 1 + Number(size);
  if (buffer.length <= end) return undefined;
  return { length: end + 1, bytes: Uint8Array.from(buffer.subarray(lineEnd + 1, end)) };
}
