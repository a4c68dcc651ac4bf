import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { exitOf, fairlead, spawnFairlead } from './world/fairlead-program.ts';
import { temporaryHome } from './world/stand.ts';

const promises = [
  'debug, put into api by hand, is found with object, field, manager and minute',
  'it is found within a second',
  'Argo CD compares again with debug in place, and says Synced',
  'platform-control/staging is ready no longer, with debug as the reason',
  'status and explain say so',
  'reconciled with a reason, api is without debug',
  'platform-control/staging is ready again, by the rules that took it away',
  'the task that the hand left behind is done, with a reason',
  'all of it is in the log: found, revoked, acted on, gone, ready again',
  'all drift that was ever found is what the hand put in: no promotion made any',
  'the evidence of the promotion leaves the server as one file, and is complete',
  'a program of its own, that asks no server, finds the file verified',
  'with one bit of one byte flipped it fails with exit code 1, and says where',
];

it('the demo keeps every promise and cleans up', { timeout: 180_000 }, async () => {
  await using home = await temporaryHome();

  const { code, stdout, stderr } = await fairlead(['demo', '--once'], { home: home.path, env: { TMPDIR: home.path } });

  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/(\d+) of \1 expectations held/);
  expect(stdout).not.toContain('✗');
  for (const promise of promises) expect(stdout).toContain(`✓  ${promise}\n`);
  expect(stdout).toMatch(/found after \d+ ms: put in by kubectl-edit at \d{4}-\d\d-\d\d \d\d:\d\d UTC\n/);
  expect(stdout).toMatch(/\$ node fairlead-verify\.js flipped\.tar --trust trust\.json\n[^$]*failed: \S+: [^$]*exit 1\n/);
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
