import { didYouMean } from '@fairlead/domain';
import Table from 'cli-table3';
import { stringify } from 'yaml';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { outputFormats, type OutputFormat } from './output-format.ts';

/** `more`: formats that one command has for itself; it prints them, so here they count as the table. */
export function parseFormat(text: string, more: readonly string[] = []): OutputFormat {
  if (more.includes(text)) return 'table';
  const format = outputFormats.find((known) => known === text);
  if (format !== undefined) return format;
  const known = [...outputFormats, ...more];
  const meant = didYouMean(text, known);
  throw new UsageError(
    `unknown output format ${JSON.stringify(text)}`,
    meant === undefined ? `use one of: ${known.join(', ')}` : `did you mean ${meant}?`,
  );
}

/** How a list is shown: its columns, and the name of each item. `wide` columns show with -o wide alone. */
export interface Listing<T> {
  readonly columns: readonly Column<T>[];
  readonly name: (item: T) => string;
  readonly empty: string;
}

interface Column<T> {
  readonly title: string;
  readonly of: (item: T) => string;
  readonly wide?: true;
}

interface ListDocument<T> {
  readonly items: readonly T[];
}

/** Prints a list in the format that was asked for. JSON and YAML are the document itself. */
export function printList<T>(
  terminal: Terminal,
  format: OutputFormat,
  { document, listing }: { readonly document: ListDocument<T>; readonly listing: Listing<T> },
): void {
  const { items } = document;
  switch (format) {
    case 'json': {
      write(terminal, `${JSON.stringify(document, undefined, 2)}\n`);
      return;
    }
    case 'yaml': {
      write(terminal, stringify(document));
      return;
    }
    case 'jsonl': {
      write(terminal, items.map((item) => `${JSON.stringify(item)}\n`).join(''));
      return;
    }
    case 'name': {
      write(terminal, items.map((item) => `${listing.name(item)}\n`).join(''));
      return;
    }
    case 'md': {
      write(terminal, markdownTable(items, listing));
      return;
    }
    case 'table':
    case 'wide':
      if (items.length === 0) return void terminal.stderr.write(`${listing.empty}\n`);
      {
        write(
          terminal,
          plainTable(items, { ...listing, columns: listing.columns.filter(({ wide }) => format === 'wide' || wide !== true) }),
        );
        return;
      }
  }
}

/** Prints one document. A table format falls back to `text`. */
export function printDocument(
  terminal: Terminal,
  format: OutputFormat,
  { document, text }: { readonly document: unknown; readonly text: string },
): void {
  if (format === 'json' || format === 'jsonl') {
    write(terminal, `${JSON.stringify(document, undefined, format === 'json' ? 2 : undefined)}\n`);
    return;
  }
  if (format === 'yaml') {
    write(terminal, stringify(document));
    return;
  }
  write(terminal, text === '' || text.endsWith('\n') ? text : `${text}\n`);
}

function plainTable<T>(items: readonly T[], { columns }: Listing<T>): string {
  const none = '';
  const table = new Table({
    head: columns.map(({ title }) => title.toUpperCase()),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 3 },
    chars: {
      top: none,
      'top-mid': none,
      'top-left': none,
      'top-right': none,
      bottom: none,
      'bottom-mid': none,
      'bottom-left': none,
      'bottom-right': none,
      left: none,
      'left-mid': none,
      mid: none,
      'mid-mid': none,
      right: none,
      'right-mid': none,
      middle: none,
    },
  });
  for (const item of items) table.push(columns.map(({ of }) => of(item)));
  return `${table.toString().replace(/ +$/gm, '')}\n`;
}

function markdownTable<T>(items: readonly T[], { columns, empty }: Listing<T>): string {
  if (items.length === 0) return `${empty}\n`;
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |\n`;
  const shown = columns.filter(({ wide }) => wide !== true);
  return (
    row(shown.map(({ title }) => title)) + row(shown.map(() => '---')) + items.map((item) => row(shown.map(({ of }) => of(item)))).join('')
  );
}

function write(terminal: Terminal, text: string): void {
  terminal.stdout.write(text);
}
