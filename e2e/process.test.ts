import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exitOf, fairlead, spawnFairlead } from './world/fairlead-program.ts';
import { example } from './world/paths.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'fl-process-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

describe('the process', () => {
  it('ends with 130 on Ctrl-C', async () => {
    const child = spawnFairlead(['diff'], { home, cwd: example });
    const ended = exitOf(child);
    if (child.stderr === null) throw new Error('stderr is piped');
    await once(child.stderr, 'data'); // it has said what it compares with, and renders now

    child.kill('SIGINT');

    expect(await ended).toBe(130);
  });

  it('ends without a word when nobody reads its output any more', async () => {
    const child = spawnFairlead(['render', join(example, 'environments/staging')], { home });
    const ended = exitOf(child);
    if (child.stderr === null || child.stdout === null) throw new Error('both are piped');
    child.stdout.destroy();

    expect(await text(child.stderr)).toBe('');
    expect(await ended).toBe(0);
  });

  it('finds this machine fit, and says what it found', async () => {
    const { code, stdout } = await fairlead(['doctor', '-o', 'json'], { home, cwd: example });

    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'DiagnosisList',
      items: [
        { name: 'node', status: 'ok' },
        { name: 'git', status: 'ok' },
        { name: 'renderer', status: 'ok' },
        {},
        { name: 'configuration', status: 'ok' },
        { name: 'server', status: 'ok' },
        { name: 'checkout' },
      ],
    });
    expect(code).toBe(0);
  });

  it('fails the doctor where a server that is signed in to does not answer', async () => {
    const env = { FAIRLEAD_SERVER: 'http://127.0.0.1:9', FAIRLEAD_TOKEN: 't' };

    const { code, stdout } = await fairlead(['doctor'], { home, env });

    expect(code).toBe(1);
    expect(stdout).toMatch(/^server +fail +no answer from http:\/\/127\.0\.0\.1:9/m);
  });

  it('needs no Git to render', async () => {
    const { code, stderr } = await fairlead(['render', 'environments/staging'], { home, cwd: example, env: { PATH: home } });

    expect([code, stderr]).toEqual([0, '']);
  });
});
