import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { exitOf, fairlead, spawnFairlead } from './world/fairlead-program.ts';
import { temporaryHome } from './world/stand.ts';

it('the demo keeps every promise and cleans up', { timeout: 180_000 }, async () => {
  await using home = await temporaryHome();

  const { code, stdout, stderr } = await fairlead(['demo', '--once'], { home: home.path, env: { TMPDIR: home.path } });

  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/(\d+) of \1 expectations held/);
  expect(stdout).not.toContain('✗');
  expect((await readdir(home.path)).filter((name) => name.startsWith('fl-'))).toEqual([]);
});

it('the demo stops in the middle when it is told to, and cleans up', { timeout: 60_000 }, async () => {
  await using home = await temporaryHome();
  const child = spawnFairlead(['demo'], { home: home.path, env: { TMPDIR: home.path } });
  const exited = exitOf(child);

  await new Promise<void>((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('pushed')) resolve();
    });
  });
  child.kill('SIGINT');

  expect(await exited).toBe(130);
  expect((await readdir(home.path)).filter((name) => name.startsWith('fl-'))).toEqual([]);
});
