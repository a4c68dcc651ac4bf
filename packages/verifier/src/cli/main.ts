import { readFile } from 'node:fs/promises';
import { parseTrust, printReport, Refusal, verifyBundle, type Report } from '../index.ts';
import { parseWords, usage } from './words.ts';

const exits = { verified: 0, failed: 1, incomplete: 3 } as const satisfies Readonly<Record<Report['verdict'], number>>;
const exitUsage = 2;

async function main(words: readonly string[]): Promise<number> {
  const asked = parseWords(words);
  if (asked.kind === 'help') return say(usage, 0);
  if (asked.kind === 'wrong') return complain(`${asked.message}\n${usage}`);
  const bundle = await readFile(asked.bundle).catch(() => undefined);
  const trust = await readFile(asked.trust, 'utf8').catch(() => undefined);
  if (bundle === undefined || trust === undefined) return complain(`can't read ${bundle === undefined ? asked.bundle : asked.trust}\n`);
  try {
    const report = await verifyBundle(new Uint8Array(bundle), await parseTrust(trust), { audience: asked.audience });
    return say(asked.json ? `${JSON.stringify(report, undefined, 2)}\n` : printReport(report), exits[report.verdict]);
  } catch (error) {
    if (error instanceof Refusal) return complain(`${asked.trust}: ${error.message}\n`);
    throw error;
  }
}

function say(text: string, exit: number): number {
  process.stdout.write(text);
  return exit;
}

function complain(text: string): number {
  process.stderr.write(text);
  return exitUsage;
}

// A fault of this program must never look like a verdict of 0, 2 or 3.
process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`fault of fairlead-verify: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
});
