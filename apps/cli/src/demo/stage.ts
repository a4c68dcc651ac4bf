import pc from 'picocolors';
import type { Terminal } from '../terminal.ts';

/** How the demo tells its story: chapters of timed lines, for a terminal and for a log alike. */
export interface Stage {
  chapter(title: string): void;
  line(what: string, text: string): void;
  /** A line that is told one time of a subject, however often it is seen. */
  once(subject: string, what: string, text: string): void;
  plain(text: string): void;
  /** Shows the words as somebody would type them, runs them, and shows what was said and the exit code that is not 0. */
  command(words: readonly string[], run: () => Promise<CommandOutcome>): Promise<CommandOutcome>;
  readonly colours: ReturnType<typeof pc.createColors>;
}

/** How a command ended, and all that it said. */
export interface CommandOutcome {
  readonly code: number;
  readonly said: string;
}

const whatWidth = 12;
const margin = ' '.repeat(10);

export function stageOn(terminal: Terminal): Stage {
  const colours = pc.createColors(terminal.colour);
  const startedAt = performance.now();
  const write = (text: string): void => {
    terminal.stdout.write(`${text}\n`);
  };
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
    async command(words, run) {
      timed(colours.cyan(`$ ${words.map(quoted).join(' ')}`));
      const outcome = await run();
      for (const text of outcome.said.trimEnd().split('\n')) write(text === '' ? '' : `${margin}${text}`);
      if (outcome.code !== 0) write(`${margin}${colours.dim(`exit ${String(outcome.code)}`)}`);
      return outcome;
    },
  };
}

/** As a shell wants it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
