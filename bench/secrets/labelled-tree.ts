import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Dice } from './dice.ts';
import { ordinaryFiles } from './ordinary-files.ts';
import { plantedSecrets, type PlantedSecret } from './planted-secrets.ts';

/** Where a secret stands. Lines count from one, both ends belong to it. */
export interface Label {
  readonly file: string;
  readonly first: number;
  readonly last: number;
  readonly what: string;
  readonly group: PlantedSecret['group'];
}

export interface TreeSize {
  readonly files: number;
  /** Of a file, on average. */
  readonly bytes: number;
}

const oneIn = 20;

/** Writes a tree of files as repositories have them, a secret in one of twenty, the same in every run. */
export function writeLabelledTree(folder: string, { files, bytes }: TreeSize): readonly Label[] {
  const dice = new Dice(20_261_124);
  const labels: Label[] = [];
  for (let index = 0; index < files; index += 1) {
    const { name, part, between } = dice.one(ordinaryFiles);
    const path = `apps/${String(Math.floor(index / 50))}/${String(index)}/${name}`;
    const parts: string[] = [];
    for (let size = 0; size < bytes; size += parts.at(-1)?.length ?? 1) parts.push(part(dice));
    const fitting = plantedSecrets.filter((secret) => secret.files.includes(name));
    const secret = index % oneIn === 0 ? fitting[dice.number(Math.max(1, fitting.length))] : undefined;
    const text = secret === undefined ? parts.join(between) : withSecret({ path, parts, between }, { secret, dice, labels });
    const whole = name.endsWith('.json') ? `{\n  "packages": {\n${text}\n  }\n}\n` : text;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), whole);
  }
  return labels;
}

interface Written {
  readonly path: string;
  readonly parts: readonly string[];
  readonly between: string;
}

interface Planting {
  readonly secret: PlantedSecret;
  readonly dice: Dice;
  readonly labels: Label[];
}

function withSecret({ path, parts, between }: Written, { secret, dice, labels }: Planting): string {
  const middle = Math.floor(parts.length / 2);
  const before = parts.slice(0, middle).join(between);
  const lines = secret.lines(dice);
  const start = before.split('\n').length;
  const marked = lines.flatMap((line, at) => (line.startsWith('>') ? [start + at] : []));
  labels.push({ file: path, first: marked[0] ?? start, last: marked.at(-1) ?? start, what: secret.what, group: secret.group });
  return `${before}${lines.map((line) => line.replace(/^>/, '')).join('\n')}\n${parts.slice(middle).join(between)}`;
}
