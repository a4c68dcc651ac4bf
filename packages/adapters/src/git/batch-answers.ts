import { UpstreamError } from '@fairlead/domain';

export interface GitObject {
  readonly sha: string;
  readonly type: string;
  /** In bytes, whether they were asked for or not. */
  readonly size: number;
  readonly bytes: Buffer;
}

const lineFeed = 0x0a;

/** The output of `git cat-file --batch-command`, cut into answers, in the order of the questions. */
export class AnswerParser {
  readonly #expected: boolean[] = [];
  #chunks: Buffer[] = [];
  #size = 0;
  #needed = 0;

  /** Announces the next question: whether its answer carries the contents. */
  expect(contents: boolean): void {
    this.#expected.push(contents);
  }

  take(chunk: Buffer): (GitObject | 'missing')[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const answers: (GitObject | 'missing')[] = [];
    // A large object comes in many chunks: joining them before it is whole would be quadratic.
    while (this.#expected.length > 0 && this.#size > 0 && this.#size >= this.#needed) {
      const answer = this.#next(Buffer.concat(this.#chunks, this.#size));
      if (answer === 'incomplete') break;
      this.#expected.shift();
      answers.push(answer);
    }
    return answers;
  }

  #next(bytes: Buffer): GitObject | 'missing' | 'incomplete' {
    const headerEnd = bytes.indexOf(lineFeed);
    if (headerEnd === -1) return this.#keep(bytes, bytes.length + 1);
    const header = bytes.toString('utf8', 0, headerEnd);
    if (header.endsWith(' missing')) return this.#advance(bytes, headerEnd + 1, 'missing');
    const [sha, type, size] = header.split(' ');
    if (sha === undefined || type === undefined || size === undefined || !/^\d+$/.test(size)) throw unreadable(header);
    if (this.#expected[0] === false) return this.#advance(bytes, headerEnd + 1, { sha, type, size: Number(size), bytes: Buffer.alloc(0) });
    const start = headerEnd + 1;
    const end = start + Number(size);
    if (bytes.length < end + 1) return this.#keep(bytes, end + 1);
    return this.#advance(bytes, end + 1, { sha, type, size: Number(size), bytes: Buffer.from(bytes.subarray(start, end)) });
  }

  #keep(bytes: Buffer, needed: number): 'incomplete' {
    this.#chunks = [bytes];
    this.#needed = needed;
    return 'incomplete';
  }

  #advance<Answer>(bytes: Buffer, used: number, answer: Answer): Answer {
    this.#chunks = [bytes.subarray(used)];
    this.#size = bytes.length - used;
    this.#needed = 0;
    return answer;
  }
}

function unreadable(header: string): UpstreamError {
  return new UpstreamError('git-failed', `git cat-file answered ${JSON.stringify(header.slice(0, 100))}`, {
    provider: 'git',
    retryable: false,
  });
}
