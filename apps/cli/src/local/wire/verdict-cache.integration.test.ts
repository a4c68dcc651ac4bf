import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { folderFiles } from '@fairlead/adapters/git';
import { checkReport, findingOf, RepoPath, type Rule } from '@fairlead/domain';
import type { Checked, PathTree } from '@fairlead/engine';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cachedVerdict } from './verdict-cache.ts';

let home: string;
let kept: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'fairlead-verdict-'));
  kept = join(mkdtempSync(join(tmpdir(), 'fairlead-kept-')), 'check');
  writeFileSync(join(home, 'a.yaml'), 'one');
});
afterEach(() => {
  rmSync(home, { recursive: true });
  rmSync(dirname(kept), { recursive: true });
});

/** Reads a file and the list of files, and says what it read. */
function judging(
  excepted?: string,
  rule: Rule = 'image-not-pinned',
): { readonly judge: (files: PathTree) => Promise<Checked>; readonly read: readonly string[] } {
  const read: string[] = [];
  return {
    read,
    async judge(files) {
      const [answer, listed] = [await files.look('a.yaml'), await files.files('')];
      const text = answer.kind === 'file' ? Buffer.from(answer.bytes).toString() : answer.kind;
      read.push(text);
      const message = `${text} of ${String(listed.length)}`;
      const finding = findingOf({
        rule,
        message,
        fix: 'f',
        file: RepoPath.parse('a.yaml'),
        line: 1,
        column: 1,
        pointer: '',
      });
      const findings = [excepted === undefined ? finding : { ...finding, excepted }];
      const report = checkReport({ configuration: { source: 'working-tree' }, environments: 1, findings, notChecked: [] });
      return { report, excerpts: new Map([[finding.fingerprint, text]]) };
    },
  };
}

const verdict = (judge: (files: PathTree) => Promise<Checked>, { folder = kept, state = 'c1', identity = 'p1' } = {}): Promise<Checked> =>
  cachedVerdict({ folder, subject: 'here', state, files: folderFiles(home), identify: () => Promise.resolve(identity) }, judge);

describe('cachedVerdict', () => {
  it('judges once what stays as it is, and says the same again', async () => {
    const { judge, read } = judging();

    const first = await verdict(judge);
    writeFileSync(join(home, '.ignored'), 'nobody listed this');

    expect(await verdict(judge)).toEqual(first);
    expect(read).toEqual(['one']);
  });

  it.each<[string, () => void]>([
    [
      'a file that was read changed',
      () => {
        writeFileSync(join(home, 'a.yaml'), 'two');
      },
    ],
    [
      'a file that was read is gone',
      () => {
        rmSync(join(home, 'a.yaml'));
      },
    ],
    [
      'a file came that was not there',
      () => {
        writeFileSync(join(home, 'b.yaml'), '');
      },
    ],
    [
      'the kept verdict is damaged',
      () => {
        for (const name of readdirSync(kept)) writeFileSync(join(kept, name), '{"program":');
      },
    ],
  ])('judges anew where %s', async (_, change) => {
    const { judge, read } = judging();
    await verdict(judge);

    change();
    await verdict(judge);

    expect(read).toHaveLength(2);
  });

  it('believes no other program, no other commit, and nothing without a folder', async () => {
    const { judge, read } = judging();
    await verdict(judge);

    await verdict(judge, { identity: 'p2' });
    await verdict(judge, { identity: 'p2', state: 'c2' });

    expect(read).toHaveLength(3);
  });

  it.each<[string, Rule, string | undefined]>([
    ['the day', 'image-not-pinned', 'until tomorrow'],
    ['how busy the machine is', 'render-failed', undefined],
    ['what is fetched', 'release-source', undefined],
  ])('keeps no verdict that depends on %s', async (_, rule, excepted) => {
    const { judge, read } = judging(excepted, rule);

    await verdict(judge);
    await verdict(judge);

    expect(read).toHaveLength(2);
  });

  it('is for its owner alone, and holds no file', async () => {
    await verdict(judging().judge);

    const [name = ''] = readdirSync(kept);
    expect([statSync(kept).mode & 0o777, statSync(join(kept, name)).mode & 0o777]).toEqual([0o700, 0o600]);
    expect(readFileSync(join(kept, name), 'utf8')).toContain('"path":"a.yaml"');
  });

  it('is no reason to fail where it cannot be written', async () => {
    writeFileSync(join(home, 'occupied'), '');

    expect((await verdict(judging().judge, { folder: join(home, 'occupied') })).report.findings).toHaveLength(1);
  });
});
