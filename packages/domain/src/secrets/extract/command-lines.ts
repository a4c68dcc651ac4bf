import { namedValue } from '../named-literal.ts';
import { ownerOf, textOf, type Extractor, type LeafHit } from '../scan-hit.ts';
import type { ObjectLeaves, PlacedLeaf } from '../object-leaves.ts';

const inCommand = /(?:^|\/)(?:args|command|entrypoint|cmd)(?:\/\d+)?$/;
const shellFlag = /(?:^|[\s"'])--?([A-Za-z][\w.-]{0,80})[= ]\s*("[^"]*"|'[^']*'|[^\s"';&|]+)/g;
const shellVariable = /(?:^|[\s;&|"'(])([A-Z][A-Z0-9_]{2,80})=("[^"]*"|'[^']*'|[^\s"';&|]+)/g;
const shellLogin = /\bcurl\b[^\n]{0,200}?\s(?:-u|--user)[= ]\s*["']?[^\s:"'$]+:([^\s"'$]+)/g;
const flagAlone = /^--?([A-Za-z][\w.-]{0,80})$/;

/** Passwords that a command gets as an argument. */
export const commandLines: Extractor = ({ objects }) => objects.filter(({ kind }) => kind !== 'Secret').flatMap(inObject);

function inObject(object: ObjectLeaves): readonly LeafHit[] {
  const words = object.leaves.filter(({ place }) => inCommand.test(place));
  return words.flatMap((placed, index) => {
    const given = [...inText(textOf(placed.leaf)), ...afterFlag(placed, words[index + 1])];
    return given.map(({ name, value, leaf }) => ({
      rule: 'S10',
      leaf: leaf ?? placed.leaf,
      value,
      message: `${ownerOf(object)} gets ${name} in clear on its command line`,
      object,
    }));
  });
}

interface Given {
  readonly name: string;
  readonly value: string;
  readonly leaf?: PlacedLeaf['leaf'];
}

function inText(text: string): readonly Given[] {
  if (text.length > 65_536) return [];
  const named = [...text.matchAll(shellFlag), ...text.matchAll(shellVariable)].map(([, name = '', value = '']) => ({ name, value }));
  const logins = [...text.matchAll(shellLogin)].map(([, value = '']) => ({ name: 'password', value }));
  return [...named, ...logins].filter(({ name, value }) => isSecret(name, value));
}

/** `--password` and its value as the next argument. */
function afterFlag({ leaf, rest }: PlacedLeaf, next: PlacedLeaf | undefined): readonly Given[] {
  const [, name] = flagAlone.exec(textOf(leaf)) ?? [];
  if (name === undefined || next?.rest.length !== rest.length || textOf(next.leaf).startsWith('-')) return [];
  const value = textOf(next.leaf);
  return isSecret(name, value) ? [{ name, value, leaf: next.leaf }] : [];
}

function isSecret(name: string, value: string): boolean {
  if (value.startsWith('-') || value.includes('$')) return false;
  const kind = namedValue(name, value);
  return kind === 'literal' || kind === 'example';
}
