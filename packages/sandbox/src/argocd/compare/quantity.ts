const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
const shape = /^([+-]?\d+\.?\d*(?:[eE][+-]?\d+)?)([numkMGTPE]i?|Ki)?$/;

/** Whether two quantities are the same amount: `0.2` and `200m`, `1024Mi` and `1Gi`. */
export function sameQuantity(a: string | number, b: string | number): boolean {
  const left = amount(a);
  const right = amount(b);
  if (left === undefined || right === undefined) return false;
  return left === right || Math.abs(left - right) <= Math.abs(left) * 1e-12;
}

function amount(quantity: string | number): number | undefined {
  const [, digits, suffix = ''] = shape.exec(String(quantity)) ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) * (suffix === '' ? 1 : (suffixes[suffix] ?? Number.NaN));
}
