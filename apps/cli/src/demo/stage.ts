import pc from 'picocolors';
import type { Terminal } from '../terminal.ts';
import { foldLine } from './fold-line.ts';

/** How the demo tells its story: chapters of timed lines, for a terminal and for a log alike. */
export interface Stage {
  chapter(title: string): void;
  line(what: string, text: string): void;
  /** A line that is told one time of a subject, however often it is seen. */
  once(subject: string, what: string, text: string): void;
  plain(text: string): void;
  /** Shows the words as somebody would type them, runs them, and shows what was said and the exit code that is not 0. */
  command(words: readonly string[], run: () => Promise<CommandOutcome>, shown?: Shown): Promise<CommandOutcome>;
  readonly colours: ReturnType<typeof pc.createColors>;
}

/** How a command ended, and all that it said. */
export interface CommandOutcome {
  readonly code: number;
  readonly said: string;
}

/** How much of what a command says is worth the reader's while. */
export interface Shown {
  /** Lines that are left out; a mark stands for them. */
  readonly without?: RegExp;
}

const whatWidth = 12;
const leftOut = '…';
const margin = ' '.repeat(10);
/** A line of `fairlead status` has room. */
const widest = 150;
const narrowest = 60;

export function stageOn(terminal: Terminal): Stage {
  const colours = pc.createColors(terminal.colour);
  const startedAt = performance.now();
  const write = (text: string): void => {
    terminal.stdout.write(`${text}\n`);
  };
  const width = Math.max(terminal.columns ?? widest, narrowest) - margin.length;
  let chapters = 0;
  const told = new Set<string>();
  /** Green for what is done, red for what is refused, yellow for what waits; the words say it, too. */
  const painted = (what: string, text: string): string => {
    const word = what.padEnd(whatWidth);
    if (text.startsWith('waits:')) return `${word}${colours.yellow(text)}`;
    if (what === 'ready' || what === 'approved') return `${colours.green(word)}${text}`;
    return what === 'refused' ? `${colours.red(word)}${text}` : `${word}${text}`;
  };
  const timed = (text: string): void => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6);
    write(`${colours.dim(`${seconds} s`)}  ${text}`);
  };
  const line = (what: string, text: string): void => {
    timed(painted(what, text));
  };
  return {
    colours,
    chapter(title) {
      chapters += 1;
      write(`\n${colours.bold(`${String(chapters)}  ${title}`)}`);
    },
    line,
    once(subject, what, text) {
      const key = [subject, what, text].join(' ');
      if (!told.has(key)) line(what, text);
      told.add(key);
    },
    plain: write,
    async command(words, run, shown) {
      timed(colours.cyan(`$ ${words.map(quoted).join(' ')}`));
      const { code, said } = await run();
      for (const text of linesOf(said, shown).flatMap((one) => foldLine(one, width))) write(`${margin}${text}`.trimEnd());
      if (code !== 0) write(`${margin}${colours.dim(`exit ${String(code)}`)}`);
      return { code, said };
    },
  };
}

function linesOf(said: string, { without }: Shown = {}): readonly string[] {
  const lines = said.trimEnd().split('\n');
  const shown = lines.map((line) => (without?.test(line) === true ? leftOut : line));
  return shown.filter((line, at) => line !== leftOut || shown[at - 1] !== leftOut);
}

/** As a shell wants it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
