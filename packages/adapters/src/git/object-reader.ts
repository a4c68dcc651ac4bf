import { type ChildProcessWithoutNullStreams } from 'node:child_process';
import { Socket } from 'node:net';
import { InvariantError, UpstreamError } from '@fairlead/domain';
import { AnswerParser, type GitObject } from './batch-answers.ts';
import type { GitProgram } from './git-program.ts';

interface Waiting {
  readonly contents: boolean;
  resolve(object: GitObject | 'missing'): void;
  reject(error: Error): void;
}

/** Objects of one repository through one `git cat-file` process, started at the first question and again after it died.
 *  It doesn't keep our process alive while nobody waits. */
export class ObjectReader implements AsyncDisposable {
  readonly #program: GitProgram;
  #running: Session | undefined;

  constructor(program: GitProgram) {
    this.#program = program;
  }

  /** `name`: an object id, or a revision that the caller has checked to hold no line feed. */
  read(name: string): Promise<GitObject | 'missing'> {
    return this.#session().ask(name, true);
  }

  /** Type and id alone. */
  identify(name: string): Promise<GitObject | 'missing'> {
    return this.#session().ask(name, false);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.end();
  }

  #session(): Session {
    if (this.#running === undefined || this.#running.ended) {
      this.#running = new Session(this.#program.start(['cat-file', '--batch-command']));
    }
    return this.#running;
  }
}

class Session {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #parser = new AnswerParser();
  readonly #waiting: Waiting[] = [];
  readonly #closed: Promise<void>;
  ended = false;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    this.#closed = new Promise((resolve) => {
      child.on('close', resolve);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      this.#receive(chunk);
    });
    child.stderr.resume();
    child.stdin.on('error', () => undefined);
    child.on('error', (cause) => {
      this.#fail(cause);
    });
    child.on('close', () => {
      this.#fail(undefined);
    });
    this.#hold(false);
  }

  ask(name: string, contents: boolean): Promise<GitObject | 'missing'> {
    if (/[\n\0]/.test(name)) throw new InvariantError('object-name', 'an object name holds a line feed');
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) this.#hold(true);
      this.#waiting.push({ contents, resolve, reject });
      this.#parser.expect(contents);
      this.#child.stdin.write(`${contents ? 'contents' : 'info'} ${name}\n`);
    });
  }

  async end(): Promise<void> {
    this.ended = true;
    this.#hold(true);
    this.#child.stdin.end();
    await this.#closed;
  }

  #receive(chunk: Buffer): void {
    try {
      for (const answer of this.#parser.take(chunk)) this.#waiting.shift()?.resolve(answer);
    } catch (cause) {
      this.#child.kill('SIGKILL');
      this.#fail(cause);
    }
    if (this.#waiting.length === 0) this.#hold(false);
  }

  #fail(cause: unknown): void {
    this.ended = true;
    const error = new UpstreamError('git-failed', 'git cat-file ended early', { provider: 'git', retryable: true, cause });
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
  }

  /** Whether our process waits for this one. */
  #hold(held: boolean): void {
    const streams = [this.#child.stdin, this.#child.stdout, this.#child.stderr].filter((stream) => stream instanceof Socket);
    for (const handle of [this.#child, ...streams]) {
      if (held) handle.ref();
      else handle.unref();
    }
  }
}
