import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TrustPolicy } from '@fairlead/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fairlead, type Ended } from './world/fairlead-program.ts';
import { releaseFile, service } from './world/paths.ts';
import { startStand, type Stand } from './world/stand.ts';

const verifier = new URL('../packages/verifier/dist/fairlead-verify.js', import.meta.url).pathname;
let stand: Stand;
let promotion: string;

const at = (name: string): string => join(stand.home, name);
const run = (...words: readonly string[]): Promise<Ended> =>
  fairlead(words, { home: stand.home, env: { FAIRLEAD_SERVER: stand.server().url, FAIRLEAD_TOKEN: stand.adminToken() } });
const runAs = (token: string, ...words: readonly string[]): Promise<Ended> =>
  fairlead(words, { home: stand.home, env: { FAIRLEAD_SERVER: stand.server().url, FAIRLEAD_TOKEN: token } });

/** The stand-alone program. */
async function verify(...words: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [verifier, ...words]);
    return { code: 0, said: stdout };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'stdout' in error)) throw error;
    return { code: Number(error.code), said: String(error.stdout) };
  }
}

beforeAll(async () => {
  stand = await startStand();
  await run('ledger', 'trust', '-o', at('trust.json'));
  const words = ['promote', service, '--release', releaseFile('1.41.0'), '--to', 'dev-control-rke2', '--yes', '--wait', '-o', 'json'];
  const { stdout } = await run(...words);
  promotion = /"id": "(p-[^"]+)"/.exec(stdout)?.[1] ?? 'none';
});
afterAll(() => stand[Symbol.asyncDispose]());

describe('the proof of a promotion', () => {
  it('is exported, and verified by a program that knows nothing of the server', async () => {
    const exported = await run('bundle', 'export', `promotion/${promotion}`, '--since', at('trust.json'), '-o', at('proof.tar'));
    const { code, said } = await verify(at('proof.tar'), '--trust', at('trust.json'));

    expect([exported.code, exported.stderr]).toEqual([0, `${at('proof.tar')} written\n`]);
    expect(said).toMatch(/\nverified\n$/);
    expect(code).toBe(0);
  });

  it('fails with one bit flipped', async () => {
    const tar = await readFile(at('proof.tar'));
    for (const place of [700, 5_000, Math.floor(tar.length / 2), tar.length - 3_000]) {
      await writeFile(at('flipped.tar'), tar.with(place, Number(tar.at(place)) ^ 1));
      expect((await verify(at('flipped.tar'), '--trust', at('trust.json'))).code).toBe(1);
    }
  });

  it('is verified by the command line too, and shown without being verified', async () => {
    const verified = await run('bundle', 'verify', at('proof.tar'), '--trust', at('trust.json'), '-o', 'json');
    const inspected = await run('bundle', 'inspect', at('proof.tar'));

    expect([verified.code, JSON.parse(verified.stdout)]).toMatchObject([
      0,
      { verdict: 'verified', subject: { promotion, status: 'ready' } },
    ]);
    expect([inspected.code, inspected.stderr]).toEqual([0, expect.stringContaining('nothing of this was verified')]);
    expect(inspected.stdout).toContain('promotion-closure');
  });

  it('has a page for people, that loads and runs nothing', async () => {
    const tar = await readFile(at('proof.tar'), 'latin1');
    const page = tar.slice(tar.indexOf('<!doctype html>'), tar.indexOf('</html>'));

    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|<link|<img|<iframe|src=|href=|\son\w+=|javascript:/);
    expect(page).toContain('SOC 2 CC8.1');
  });

  it('goes to a tenant without people, configuration and differences', async () => {
    const exported = await run('bundle', 'export', promotion, '--audience', 'tenant', '--since', at('trust.json'), '-o', at('tenant.tar'));
    const full = await verify(at('tenant.tar'), '--trust', at('trust.json'));
    const tenant = await verify(at('tenant.tar'), '--trust', at('trust.json'), '--audience', 'tenant');

    expect([exported.code, full.code, tenant.code]).toEqual([0, 3, 0]);
    expect(await readable('tenant.tar')).not.toMatch(/local:|argocd|kustomization/);
    expect(await readable('proof.tar')).toMatch(/local:admin/);
  });

  it('was made when it ended, and is the same for everybody', async () => {
    const exported = await run('bundle', 'export', promotion, '--kept', '-o', at('kept.tar'));
    const again = await run('bundle', 'export', promotion, '--kept', '-o', at('kept-again.tar'));
    const both = await run('bundle', 'export', promotion, '--kept', '--since', at('trust.json'), '-o', at('other.tar'));
    const { stdout } = await run('promotion', 'get', promotion, '-o', 'json');
    const { checkpoint: _later, ...trust } = TrustPolicy.parse(JSON.parse(await readFile(at('trust.json'), 'utf8')));
    await writeFile(at('trust-alone.json'), JSON.stringify(trust));
    const kept = await readFile(at('kept.tar'));

    expect([exported.code, again.code, both.code]).toEqual([0, 0, 2]);
    expect(await readFile(at('kept-again.tar'))).toEqual(kept);
    expect(stdout).toContain(`"digest": "sha256:${hash('sha256', kept, 'hex')}"`);
    expect((await verify(at('kept.tar'), '--trust', at('trust-alone.json'))).said).toMatch(/\nverified\n$/);
  });

  it('is not written over a file that is there, nor without a reason to believe the checkpoint', async () => {
    const again = await run('bundle', 'export', promotion, '-o', at('proof.tar'));
    await writeFile(at('foreign'), (await readFile(at('trust.json'), 'utf8')).replaceAll('fairlead.local/', 'fairlead.other/'));
    const foreign = await run('bundle', 'export', promotion, '--since', at('foreign'), '-o', at('other.tar'));

    expect([again.code, again.stderr]).toEqual([5, expect.stringContaining('file-exists')]);
    expect([foreign.code, foreign.stderr]).toEqual([1, expect.stringContaining('checkpoint-foreign')]);
    await expect(stat(at('other.tar'))).rejects.toThrow();
  });

  it('is for whoever may read the environment', async () => {
    const elsewhere = await runAs(await stand.token('olaf', 'viewer', ['prod']), 'bundle', 'export', promotion, '-o', at('other.tar'));
    const nobody = await runAs('x'.repeat(40), 'bundle', 'export', promotion, '-o', at('other.tar'));
    const unknown = await run(
      'bundle',
      'export',
      promotion.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      '-o',
      at('other.tar'),
    );

    expect([elsewhere.code, nobody.code, unknown.code]).toEqual([3, 3, 4]);
  });

  it('rests on keys that a stopped server tells as well', async () => {
    const asked: unknown = JSON.parse(await readFile(at('trust.json'), 'utf8'));
    await stand.server().stop();
    const { stdout } = await fairlead(['ledger', 'trust', '--data', stand.data], { home: stand.home });

    expect(asked).toMatchObject({ kind: 'TrustPolicy', quorum: 0 });
    expect({ ...JSON.parse(stdout), checkpoint: '' }).toEqual({ ...Object(asked), checkpoint: '' });
  });
});

/** An archive's text, with what base64 hides. */
async function readable(name: string): Promise<string> {
  const tar = await readFile(at(name), 'latin1');
  const payloads = [...tar.matchAll(/"payload":"([A-Za-z0-9+/=]+)"/g)].map(([, payload]) =>
    Buffer.from(payload ?? '', 'base64').toString('utf8'),
  );
  return [tar, ...payloads].join('\n');
}
