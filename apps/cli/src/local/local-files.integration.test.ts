import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryTerminal } from '../testing/memory-terminal.ts';
import { diagnoseConfiguration } from './doctor/diagnose-configuration.ts';
import { findPlace } from './find-place.ts';
import { readTextFile } from './read-text-file.ts';
import { writeNewFile } from './write-new-file.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'fairlead-local-')));
  mkdirSync(join(folder, 'repo/envs/prod'), { recursive: true });
  writeFileSync(join(folder, 'repo/envs/prod/kustomization.yaml'), '');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const noGit = (): Promise<undefined> => Promise.resolve(undefined);
const inRepo = (): Promise<string> => Promise.resolve(join(folder, 'repo'));

describe('findPlace', () => {
  it.each([
    ['.', 'envs'],
    ['prod', 'envs/prod'],
    ['prod/kustomization.yaml', 'envs/prod'],
    ['..', ''],
  ])('takes %s from the top of the work tree', async (argument, path) => {
    expect(await findPlace(join(folder, 'repo/envs'), argument, inRepo)).toEqual({ root: join(folder, 'repo'), path });
  });

  it('takes the working directory for the root where there is no Git', async () => {
    expect(await findPlace(join(folder, 'repo'), 'envs/prod', noGit)).toEqual({ root: join(folder, 'repo'), path: 'envs/prod' });
    await expect(findPlace(join(folder, 'repo/envs'), '..', noGit)).rejects.toThrow('lies outside of');
  });

  it('follows a link to where it leads, and judges that place', async () => {
    symlinkSync(join(folder, 'repo/envs'), join(folder, 'link'));
    symlinkSync(tmpdir(), join(folder, 'repo/out'));

    expect((await findPlace(join(folder, 'link'), 'prod', inRepo)).path).toBe('envs/prod');
    await expect(findPlace(join(folder, 'repo'), 'out', inRepo)).rejects.toThrow('lies outside of');
  });

  it('knows what was probably meant', async () => {
    await expect(findPlace(join(folder, 'repo'), 'envs/prd', inRepo)).rejects.toMatchObject({
      message: 'there is no envs/prd',
      hint: 'did you mean envs/prod?',
    });
  });
});

describe('writeNewFile', () => {
  it('writes what is not there, leaves the same alone and overwrites nothing', async () => {
    const file = join(folder, 'out/release.yaml');

    await writeNewFile(file, 'one');
    await writeNewFile(file, 'one');

    await expect(writeNewFile(file, 'two')).rejects.toMatchObject({ code: 'file-exists' });
    expect(readFileSync(file, 'utf8')).toBe('one');
  });
});

describe('readTextFile', () => {
  it('names what is not there, what is no file, and what is no text', async () => {
    const terminal = memoryTerminal({ cwd: folder });
    writeFileSync(join(folder, 'latin.yaml'), Buffer.from([0x61, 0xe9]));

    await expect(readTextFile(terminal, 'none.yaml')).rejects.toThrow('there is no none.yaml');
    await expect(readTextFile(terminal, 'repo')).rejects.toThrow("repo can't be read (EISDIR)");
    await expect(readTextFile(terminal, 'latin.yaml')).rejects.toMatchObject({ code: 'document-invalid' });
  });
});

describe('diagnoseConfiguration', () => {
  const configuration = 'contexts: [{ name: a, server: "http://127.0.0.1:1", token: t }]\n';
  const diagnose = (mode: number, text = configuration) => {
    const file = join(folder, 'config.yaml');
    writeFileSync(file, text, { mode });
    return diagnoseConfiguration(memoryTerminal({ env: { FAIRLEAD_CONFIG: file } }));
  };

  it('is content with a file for its owner alone, and with none', async () => {
    expect(await diagnose(0o600)).toMatchObject({ status: 'ok' });
    expect(await diagnoseConfiguration(memoryTerminal({ env: { FAIRLEAD_CONFIG: join(folder, 'none') } }))).toMatchObject({ status: 'ok' });
  });

  it('fails where others can read it, with the command that puts it right', async () => {
    expect(await diagnose(0o640)).toMatchObject({ status: 'fail', fix: `chmod 600 ${join(folder, 'config.yaml')}` });
  });

  it('fails where it says nothing that we know', async () => {
    expect(await diagnose(0o600, 'what: is this\n')).toMatchObject({ status: 'fail' });
  });
});
