export type Asked =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | {
      readonly kind: 'verify';
      readonly bundle: string;
      readonly trust: string;
      readonly json: boolean;
      readonly audience: 'full' | 'tenant';
    };

export const usage = `fairlead-verify BUNDLE --trust FILE [--json] [--audience full|tenant]

  BUNDLE             a bundle that \`fairlead bundle export\` made
  --trust FILE       keys and log, from \`fairlead ledger trust\`, handed over beforehand
  --json             print the report as JSON
  --audience tenant  accept a bundle that withholds records; its verdict is then taken as signed

Exit: 0 all verified, 1 something failed, 2 usage, 3 incomplete or of an unknown version. Opens no connection.
`;

export function parseWords(words: readonly string[]): Asked {
  const options = new Map<string, string>();
  const files: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--help' || word === '-h') return { kind: 'help' };
    if (!word.startsWith('--')) files.push(word);
    else if (options.has(word)) return { kind: 'wrong', message: `${word} is given twice` };
    else if (word === '--json') options.set(word, '');
    else if (word === '--trust' || word === '--audience') options.set(word, rest.shift() ?? '');
    else return { kind: 'wrong', message: `unknown option ${word}` };
  }
  return askedOf(files, options);
}

function askedOf([bundle, ...more]: readonly string[], options: ReadonlyMap<string, string>): Asked {
  const trust = options.get('--trust') ?? '';
  const audience = options.get('--audience') ?? 'full';
  if (bundle === undefined || more.length > 0) return { kind: 'wrong', message: 'give one bundle' };
  if (trust === '') return { kind: 'wrong', message: 'give --trust FILE: a bundle never vouches for itself' };
  if (audience !== 'full' && audience !== 'tenant') return { kind: 'wrong', message: '--audience is full or tenant' };
  return { kind: 'verify', bundle, trust, json: options.has('--json'), audience };
}
