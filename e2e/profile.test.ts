import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ended, fairlead } from './world/fairlead-program.ts';
import { example, releaseFile } from './world/paths.ts';

let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'fl-profile-')));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const resolve = (...words: readonly string[]): Promise<Ended> =>
  fairlead(['profile', 'resolve', example, '-e', 'prod', ...words], { home });

describe('fairlead profile resolve', () => {
  it('gives the same bytes twice', async () => {
    const [first, second] = [
      await resolve('--release', releaseFile('1.43.0'), '-o', 'json'),
      await resolve('--release', releaseFile('1.43.0'), '-o', 'json'),
    ];

    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(second).toEqual(first);
    expect(JSON.parse(first.stdout)).toMatchObject({
      kind: 'ProfileContract',
      release: { version: '1.43.0' },
      parameters: { minCount: 3 },
    });
  });

  it('refuses a release without a required component, and says where it is required', async () => {
    const text = readFileSync(releaseFile('1.43.0'), 'utf8');
    const without = join(home, 'without-web.yaml');
    writeFileSync(without, text.replace(/^ {2}- name: web\n(?: {4}.*\n)+/m, ''));

    const { code, stdout, stderr } = await resolve('--release', without);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /profiles\/prod\.yaml:7: release 1\.43\.0 has no component web, which profile prod requires \(contract-component-missing\)/,
    );
  });

  it('names the releases that there are where it knows none of that name', async () => {
    const { code, stderr } = await resolve('--release', '9.9.9');

    expect(code).toBe(4);
    expect(stderr).toContain('1.41.0');
  });
});
