import pc from 'picocolors';
import type { Terminal } from '../terminal.ts';

/** How the demo tells its story: chapters of timed lines, for a terminal and for a log alike. */
export interface Stage {
  chapter(title: string): void;
  line(what: string, text: string): void;
  /** A line that is told one time of a subject, however often it is seen. */
  once(subject: string, what: string, text: string): void;
  /** Without a time, below the line before it. */
  aside(text: string): void;
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
  const line = (what: string, text: string): void => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6);
    write(`${colours.dim(`${seconds} s`)}  ${what.padEnd(whatWidth)}${text}`);
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
    aside(text) {
      write(`${' '.repeat(10 + whatWidth)}${colours.dim(text)}`);
    },
    plain: write,
  };
}
