import pc from 'picocolors';
import type { Terminal } from '../terminal.ts';

/** How the demo tells its story: chapters of timed lines, for a terminal and for a log alike. */
export interface Stage {
  chapter(title: string): void;
  line(what: string, text: string): void;
  /** A line that is told one time of a subject, however often it is seen. */
  once(subject: string, what: string, text: string): void;
  plain(text: string): void;
  readonly colours: ReturnType<typeof pc.createColors>;
}

const whatWidth = 12;

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
  const line = (what: string, text: string): void => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6);
    write(`${colours.dim(`${seconds} s`)}  ${painted(what, text)}`);
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
  };
}
