const newline = 10;
const [open, close] = ['{'.charCodeAt(0), '}'.charCodeAt(0)];

/** More signatures of one thing than this nobody makes, and each takes time. */
const most = 50;

/** The bundles of a file: one in all, or one a line. Whatever is no bundle is one too: who verifies it says what is wrong with it. */
export function bundlesIn(bytes: Uint8Array): readonly Uint8Array[] {
  const lines = linesOf(bytes).filter((line) => line.some((byte) => byte > 32));
  const isLines = lines.length > 1 && lines.every((line) => line[0] === open && line[line.length - 1] === close);
  return isLines ? lines.slice(0, most) : [bytes];
}

function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  while (start < bytes.length && lines.length <= most) {
    const end = bytes.indexOf(newline, start);
    const stop = end === -1 ? bytes.length : end;
    lines.push(bytes.subarray(start, bytes[stop - 1] === 13 ? stop - 1 : stop));
    start = stop + 1;
  }
  return lines;
}
