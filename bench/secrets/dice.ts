/** Chance that is the same in every run. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** Below `limit`. */
  number(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  one<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.number(choices.length)] ?? choices[0];
  }

  text(letters: string, length: number): string {
    return Array.from({ length }, () => letters.charAt(this.number(letters.length))).join('');
  }

  hex(length: number): string {
    return this.text('0123456789abcdef', length);
  }

  letters(length: number): string {
    return this.text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', length);
  }

  word(): string {
    return this.one(words);
  }

  /** As people and generators make them. */
  password(): string {
    const made = [
      () => this.letters(12 + this.number(12)),
      () => `${this.word()}-${this.word()}-${this.word()}${String(this.number(100))}`,
      () => `${this.letters(6)}!${this.letters(6)}`,
    ] as const;
    return this.one(made)();
  }
}

const words = [
  'orchid',
  'granite',
  'saddle',
  'lantern',
  'meadow',
  'copper',
  'harbour',
  'walnut',
  'violet',
  'ember',
  'quartz',
  'willow',
  'marble',
  'falcon',
  'cedar',
  'tundra',
  'beacon',
  'pepper',
  'anchor',
  'summit',
] as const;
