const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:([eE][+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i))?$/;

const powersOfTen: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const powersOf1024: Readonly<Record<string, number>> = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 };

/** Nobody counts further; numbers of a megabyte would keep us busy for minutes. */
const longest = 256;

/** One spelling of a Kubernetes quantity for all: `0.5` and `500m`, `1Gi` and `1024Mi`. Exact; `undefined` for what is no quantity. */
export function quantityText(value: string | number): string | undefined {
  const text = String(value);
  return text.length > longest ? undefined : exactText(text.trim());
}

function exactText(text: string): string | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, sign = '', digits = '', decimals = '', exponent = 'e0', suffix = ''] = match;
  if (digits + decimals === '') return undefined;
  const power = Number(exponent.slice(1)) + (powersOfTen[suffix] ?? 0) - decimals.length;
  return normal(BigInt(`${digits}${decimals}`) * 1024n ** BigInt(powersOf1024[suffix] ?? 0), power, sign);
}

function normal(number: bigint, power: number, sign: string): string {
  if (number === 0n) return '0';
  const [, digits = '', zeros = ''] = /^(\d*?)(0*)$/.exec(number.toString()) ?? [];
  return `${sign === '-' ? '-' : ''}${digits}e${String(power + zeros.length)}`;
}
