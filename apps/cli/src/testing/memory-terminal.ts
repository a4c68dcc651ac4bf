import { PassThrough, Writable } from 'node:stream';
import type { Terminal } from '../terminal.ts';

/** A terminal that keeps what was written. */
export interface MemoryTerminal extends Terminal {
  readonly said: { readonly stdout: string; readonly stderr: string };
}

export function memoryTerminal(rest: Partial<Terminal> = {}): MemoryTerminal {
  const said = { stdout: '', stderr: '' };
  const into = (name: 'stdout' | 'stderr'): Writable =>
    new Writable({
      write(chunk: Buffer, _, done) {
        said[name] += chunk.toString();
        done();
      },
    });
  return {
    said,
    stdout: into('stdout'),
    stderr: into('stderr'),
    stdin: new PassThrough(),
    env: {},
    cwd: '/',
    interactive: false,
    colour: false,
    now: () => new Date(0),
    ...rest,
  };
}
