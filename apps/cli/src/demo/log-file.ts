import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';

export interface LogFile extends AsyncDisposable {
  readonly path: string;
  readonly stream: WriteStream;
}

export function openLogFile(path: string): LogFile {
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  return {
    path,
    stream,
    async [Symbol.asyncDispose]() {
      stream.end();
      await once(stream, 'close');
    },
  };
}
