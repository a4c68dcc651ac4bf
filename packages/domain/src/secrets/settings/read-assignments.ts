import type { Assignment } from './assignment.ts';

const shapes = {
  /** `.env`, properties, INI, TOML: `name = value`, `name: value`. */
  lines: /^[ \t]*(?:export[ \t]+|set[ \t]+|-[ \t]+)?["']?([A-Za-z_][\w.:/[\]-]{0,127})["']?[ \t]*[=:][ \t]*(.+?)[ \t]*,?$/,
  /** `.env` of Docker and Debian's `ENV name value`. */
  dockerfile: /^[ \t]*(?:ENV|ARG)[ \t]+([A-Za-z_]\w{0,127})[= \t](.+?)[ \t]*\\?$/i,
} as const;

const longestLine = 8192;

export type AssignmentStyle = keyof typeof shapes | 'xml' | 'quoted';

/** Every assignment of a text, line by line. `quoted`: only those whose value is a text in quotes, as in Terraform's files, where else is an expression. */
export function readAssignments(text: string, style: AssignmentStyle): readonly Assignment[] {
  return text.split('\n').flatMap((raw, index) => {
    const line = raw.replace(/\r$/, '');
    if (line.length > longestLine) return [];
    return (style === 'xml' ? fromXml(line) : fromLine(line, style)).map((found) => ({ ...found, line: index + 1 }));
  });
}

type Found = Omit<Assignment, 'line'>;

function fromLine(line: string, style: 'lines' | 'dockerfile' | 'quoted'): readonly Found[] {
  if (/^\s*(?:[#;!]|\/\/|--\s)/.test(line)) return [];
  const [, name, value] = shapes[style === 'quoted' ? 'lines' : style].exec(line) ?? [];
  if (name === undefined || value === undefined) return [];
  if (style === 'quoted' && !/^"[^"]*"$/.test(value)) return [];
  return [{ name, value: withoutComment(value), column: line.indexOf(value) + 1 }];
}

function withoutComment(value: string): string {
  const quoted = /^(["'])(.*?)\1(?:\s.*)?$/.exec(value);
  return quoted?.[2] ?? value.replace(/\s+[#;].*$/, '');
}

const element = /<([A-Za-z][\w.-]{0,127})(?:\s[^<>]*)?>([^<>]+)<\/\1>/g;
const attribute = /\b([A-Za-z][\w.-]{0,127})\s*=\s*"([^"]*)"/g;
const pair = /\b(?:name|key)\s*=\s*"([^"]*)"[^<>]*?\b(?:value|connectionString)\s*=\s*"([^"]*)"/gi;

function fromXml(line: string): readonly Found[] {
  return [element, attribute, pair].flatMap((shape) =>
    [...line.matchAll(shape)].map(([, name = '', value = ''], _, { length }) => ({
      name,
      value,
      column: length > 0 ? line.indexOf(value) + 1 : 1,
    })),
  );
}
