import { unexpectedAnswer } from './unexpected-answer.ts';

const newline = 0x0a;

/** Bytes that come in pieces, as the lines that they make. What stands behind the last line break is no line yet. */
export class LineSplitter {
  readonly #longest: number;
  #pieces: Buffer[] = [];
  #length = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** The lines that the piece completes, empty ones left out. Throws where one is longer than allowed. */
  push(piece: Buffer): readonly string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = piece.indexOf(newline); end >= 0; end = piece.indexOf(newline, start)) {
      const line = this.#complete(piece.subarray(start, end));
      if (line !== '') lines.push(line);
      start = end + 1;
    }
    if (start < piece.length) this.#keep(piece.subarray(start));
    return lines;
  }

  #keep(piece: Buffer): void {
    this.#length += piece.length;
    if (this.#length > this.#longest) throw unexpectedAnswer(`a line of more than ${String(this.#longest)} bytes`);
    this.#pieces.push(piece);
  }

  #complete(last: Buffer): string {
    if (this.#pieces.length === 0) return last.toString();
    const line = Buffer.concat([...this.#pieces, last]).toString();
    this.#pieces = [];
    this.#length = 0;
    return line;
  }
}
