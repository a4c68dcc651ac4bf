import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkReport, findingOf, RepoPath, type CheckReport, type FoundFault } from '@fairlead/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryTerminal } from '../testing/memory-terminal.ts';
import { baselineName, readBaseline, writeBaseline } from './baseline-file.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fairlead-baseline-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const terminal = () => memoryTerminal({ cwd: root });
const whole = () => ({ root, path: '' as const });
const fault: FoundFault = { rule: 'S01', message: 'm', fix: 'f', file: 'b.yaml', line: 2, column: 1, pointer: '/data/p' };

function reportOf(...faults: readonly FoundFault[]): CheckReport {
  return checkReport({ configuration: { source: 'working-tree' }, environments: 1, findings: faults.map(findingOf), notChecked: [] });
}

describe('a baseline file', () => {
  it('holds what was found, a line each, and is found by itself', async () => {
    const report = reportOf(fault, { ...fault, rule: 'image-not-pinned', file: 'a.yaml' });

    const written = await writeBaseline(terminal(), whole(), { report, named: true });

    expect(written).toEqual({ file: baselineName, findings: 2, secrets: 1 });
    expect(readFileSync(join(root, baselineName), 'utf8').match(/^ {4}\{"rule":/gm)).toHaveLength(2);
    expect((await readBaseline(terminal(), whole(), undefined))?.findings.map(({ file }) => file)).toEqual(['a.yaml', 'b.yaml']);
  });

  it('is none where there is none, unless it was named', async () => {
    expect(await readBaseline(terminal(), whole(), undefined)).toBeUndefined();
    await expect(readBaseline(terminal(), whole(), 'known.json')).rejects.toThrow("known.json can't be read");
  });

  it('keeps what is known of the rest where only a part was looked at', async () => {
    await writeBaseline(terminal(), whole(), { report: reportOf(fault), named: true });
    const part = { root, path: RepoPath.parse('apps') };

    await writeBaseline(terminal(), part, { report: reportOf({ ...fault, file: 'apps/c.yaml' }), named: true });

    expect((await readBaseline(terminal(), whole(), undefined))?.findings.map(({ file }) => file)).toEqual(['apps/c.yaml', 'b.yaml']);
  });

  it.each(['{', '[]', '{"apiVersion":"fairlead.dev/v1","kind":"CheckBaseline","findings":[{}]}'])(
    'refuses %j by its name',
    async (text) => {
      writeFileSync(join(root, baselineName), text);

      await expect(readBaseline(terminal(), whole(), undefined)).rejects.toThrow(`${baselineName} is no baseline`);
    },
  );
});
