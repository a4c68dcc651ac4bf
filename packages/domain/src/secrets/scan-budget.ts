const deepest = 3;
const mostNested = 8 * 1024 * 1024;

/** How much may still be unpacked of one file: texts in texts, three deep, and so many characters of them in all. */
export class ScanBudget {
  readonly #depth: number;
  readonly #spent: { characters: number };

  constructor(depth = 0, spent = { characters: 0 }) {
    this.#depth = depth;
    this.#spent = spent;
  }

  /** `undefined`: no more. */
  spend(characters: number): ScanBudget | undefined {
    if (this.#depth >= deepest || this.#spent.characters + characters > mostNested) return undefined;
    this.#spent.characters += characters;
    return new ScanBudget(this.#depth + 1, this.#spent);
  }
}
