import type { Stage } from './stage.ts';

export interface Expectation {
  readonly text: string;
  readonly held: boolean;
  /** What was seen instead. */
  readonly seen?: string;
}

/** What the demo promised and what came of it. */
export class Expectations {
  readonly #all: Expectation[] = [];

  /** `seen` is told where it did not hold. */
  expect(text: string, held: boolean, seen: unknown): void {
    this.#all.push(held ? { text, held } : { text, held, seen: typeof seen === 'string' ? seen : JSON.stringify(seen) });
  }

  get allHeld(): boolean {
    return this.#all.every(({ held }) => held);
  }

  print(stage: Stage): void {
    const { colours } = stage;
    for (const { text, held, seen } of this.#all) {
      stage.plain(`  ${held ? colours.green('✓') : colours.red('✗')}  ${text}`);
      if (seen !== undefined) stage.plain(`       ${colours.red(`seen: ${seen}`)}`);
    }
    const held = this.#all.filter((expectation) => expectation.held).length;
    stage.plain(`\n  ${colours.bold(`${String(held)} of ${String(this.#all.length)} expectations held`)}`);
  }
}
