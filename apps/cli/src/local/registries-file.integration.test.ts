import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryTerminal } from '../testing/memory-terminal.ts';
import { readRegistries } from './registries-file.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'fairlead-registries-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const file = (): string => join(home, '.config/fairlead/registries.yaml');
function write(text: string): void {
  mkdirSync(join(home, '.config/fairlead'), { recursive: true });
  writeFileSync(file(), text);
}
const read = (env: Readonly<Record<string, string>> = {}): ReturnType<typeof readRegistries> =>
  readRegistries(memoryTerminal({ env: { HOME: home, ...env } }));

describe('what a user says of registries', () => {
  it('is nothing where there is no file', async () => {
    expect(await read()).toEqual([]);
  });

  it('is read from the configuration folder, or from the file that is named', async () => {
    write('registries:\n  - host: docker.io\n    mirrors: [{ host: mirror.example.com, prefix: hub }]\n');
    writeFileSync(join(home, 'other.yaml'), 'registries: [{ host: "registry.lan:5000", plainHttp: true }]\n');

    expect(await read()).toEqual([{ host: 'docker.io', mirrors: [{ host: 'mirror.example.com', prefix: 'hub' }] }]);
    expect(await read({ FAIRLEAD_REGISTRIES: join(home, 'other.yaml') })).toEqual([{ host: 'registry.lan:5000', plainHttp: true }]);
  });

  it.each([
    ['registries: [{ host: "https://docker.io" }]', 'registries.0.host: expected host or host:port'],
    ['registries: [{ host: docker.io, insecure: true }]', 'Unrecognized key: "insecure"'],
    ['{', 'does not say which registries there are'],
  ])('%s is refused by name', async (text, said) => {
    write(text);

    await expect(read()).rejects.toThrow(said);
  });

  it('has to be there where it is named', async () => {
    await expect(read({ FAIRLEAD_REGISTRIES: join(home, 'none.yaml') })).rejects.toThrow("can't be read");
  });
});
