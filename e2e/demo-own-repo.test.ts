import { cp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '@fairlead/sandbox';
import { folderState } from '@fairlead/sandbox/testing';
import { expect, it } from 'vitest';
import { fairlead } from './world/fairlead-program.ts';
import { temporaryHome, type Home } from './world/stand.ts';

const fixture = join(import.meta.dirname, 'own-repo/shop');

/** A team's repository that knows nothing of Fairlead, with work that isn't committed. */
async function shopIn(home: Home): Promise<string> {
  const shop = join(home.path, 'shop');
  await cp(fixture, shop, { recursive: true });
  await git(['init', '--quiet', '--initial-branch=main', shop], home.path);
  await git(['add', '--all'], shop);
  await git(['commit', '--quiet', '-m', 'Sell things'], shop);
  await git(['tag', 'v1'], shop);
  await writeFile(join(shop, 'notes.txt'), 'not for anybody\n');
  await writeFile(join(shop, 'base/certificate.yaml'), 'half: done\n');
  return shop;
}

it("the demo plays on somebody's own overlay and leaves their repository as it is", { timeout: 240_000 }, async () => {
  await using home = await temporaryHome();
  const shop = await shopIn(home);
  const before = await folderState(shop);

  const words = ['demo', '--once', '--repo', 'shop', '--env', 'overlays/staging'];
  const { code, stdout, stderr } = await fairlead(words, { home: home.path, env: { TMPDIR: home.path } });

  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/(\d+) of \1 expectations held/);
  expect(stdout).not.toContain('✗');
  expect(await folderState(shop)).toEqual(before);
  expect((await readdir(home.path)).filter((name) => name.startsWith('fl-'))).toEqual([]);
  for (const said of [
    'left out    base/certificate.yaml, notes.txt',
    'registry.example.com/shop/web:1.5.0: sha256:',
    'Certificate (cert-manager.io/v1): defined for the demo',
    'kubectl edit deployment/web -n shop-staging',
  ]) {
    expect(stdout).toContain(said);
  }
  expect(stdout).not.toContain('redis@');
});
