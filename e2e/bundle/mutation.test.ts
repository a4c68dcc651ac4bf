import fc from 'fast-check';
import type { BundleFile, NewEvidence } from '@fairlead/domain';
import { parseTrust, verifyBundle, type Trust } from 'fairlead-verify';
import { describe, expect, it } from 'vitest';
import { EvidenceWorld } from './evidence-world.ts';
import { lineOf } from './judge.ts';
import { liveStory, person, targets, type Story } from './story.ts';
import { tarOf, withFile, writeBundle, type WriteOptions } from './write-bundle.ts';

const long = 300_000;

/** The least that proves a promotion to a tenant: what is asked of every bundle, and no more. */
function leastStory(world: EvidenceWorld): Story {
  const story = liveStory(world, { targets: targets.slice(0, 1), phases: [], approvals: 0, edit: shortened });
  return { ...story, records: story.records.filter(({ evidence: { type } }) => needed.includes(type)) };
}

const needed = ['release-manifest', 'sync-observation', 'live-digests', 'live-observation', 'readiness', 'promotion-closure'];

function shortened(evidence: NewEvidence): NewEvidence {
  const { type, body } = evidence;
  if (type === 'live-digests') return { ...evidence, actor: person('observer') };
  if (type !== 'promotion-closure') return evidence;
  const records = Array.isArray(body['records']) ? body['records'].slice(-4).map(String) : [];
  const indices = Array.isArray(body['indices']) ? body['indices'].slice(-3) : [];
  return { ...evidence, body: { ...body, records, indices, count: records.length } };
}

/** Every name under which something got past the verifier; `work` gives what is to be judged. */
async function gotPast(
  cases: Iterable<readonly [string, () => Uint8Array<ArrayBuffer>]>,
  trust: Trust,
  audience: 'full' | 'tenant',
): Promise<readonly string[]> {
  const past: string[] = [];
  let running: Promise<void>[] = [];
  for (const [name, make] of cases) {
    running.push(
      verifyBundle(make(), trust, { audience }).then((report) => {
        if (report.verdict !== 'failed') past.push(`${name}: ${lineOf(report)}`);
      }),
    );
    if (running.length >= 64) {
      await Promise.all(running);
      running = [];
    }
  }
  await Promise.all(running);
  return past;
}

describe('a minimal bundle', () => {
  const world = new EvidenceWorld();
  const tar = tarOf(writeBundle(leastStory(world), { audience: 'tenant' }));

  it('is verified, and has at most 20 kB', async () => {
    const report = await verifyBundle(tar, await parseTrust(JSON.stringify(world.trust())), { audience: 'tenant' });

    expect([report.verdict, tar.length <= 20_000]).toEqual(['verified', true]);
  });

  it('fails with any byte changed', { timeout: long }, async () => {
    const changed = function* (): Generator<readonly [string, () => Uint8Array<ArrayBuffer>]> {
      for (let at = 0; at < tar.length; at += 1) {
        const old = tar[at] ?? 0;
        // Another bit at each byte, and another value: all bits and many values over the length.
        for (const value of [old ^ (1 << (at % 8)), (old + 3 + ((at * 167) % 250)) % 256])
          yield [`byte ${String(at)} as ${String(value)}`, () => tar.with(at, value)];
      }
    };

    expect(await gotPast(changed(), await parseTrust(JSON.stringify(world.trust())), 'tenant')).toEqual([]);
  });

  it('fails with any byte taken out or put in, and cut off anywhere', { timeout: long }, async () => {
    const changed = function* (): Generator<readonly [string, () => Uint8Array<ArrayBuffer>]> {
      for (let at = 0; at < tar.length; at += 61) {
        yield [`without ${String(at)}`, () => new Uint8Array([...tar.subarray(0, at), ...tar.subarray(at + 1)])];
        yield [`with one more at ${String(at)}`, () => new Uint8Array([...tar.subarray(0, at), 0, ...tar.subarray(at)])];
        yield [`cut off at ${String(at)}`, () => tar.slice(0, at)];
      }
      for (let blocks = 1; blocks * 512 < tar.length; blocks += 1)
        yield [`without the last ${String(blocks)} blocks`, () => tar.slice(0, -512 * blocks)];
      yield ['with two more blocks', () => new Uint8Array([...tar, ...new Uint8Array(1024)])];
    };

    expect(await gotPast(changed(), await parseTrust(JSON.stringify(world.trust())), 'tenant')).toEqual([]);
  });

  it('fails with any bytes changed together', { timeout: long }, async () => {
    const trust = await parseTrust(JSON.stringify(world.trust()));
    const edits = fc.uniqueArray(fc.tuple(fc.nat(tar.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 6,
      selector: ([at]) => at,
    });
    await fc.assert(
      fc.asyncProperty(edits, async (changes) => {
        const changed = tar.slice();
        for (const [at, by] of changes) changed[at] = (changed[at] ?? 0) ^ by;

        expect((await verifyBundle(changed, trust, { audience: 'tenant' })).verdict).toBe('failed');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a bundle as a promotion leaves it', () => {
  const world = new EvidenceWorld();
  const story = liveStory(world, { phases: ['routes', 'smoke'], steps: 3 });
  const options: WriteOptions = { since: 5 };
  const files = writeBundle(story, options);
  const trusted = (): Promise<Trust> => parseTrust(JSON.stringify(world.trust(world.checkpoint(5))));

  it('is verified', async () => {
    expect(lineOf(await verifyBundle(tarOf(files), await trusted()))).toBe('verified');
  });

  it('fails with any file deleted, emptied, cut, grown, or there twice', async () => {
    const changed = files.flatMap(({ path, bytes }) => {
      const other = path.replace(/\d{12}/, '000000000999').replace(/[0-9a-f]{64}/, 'f'.repeat(64));
      const variants: readonly (readonly [string, readonly BundleFile[]])[] = [
        ['deleted', files.filter((file) => file.path !== path)],
        ['emptied', withFile(files, path, () => new Uint8Array())],
        ['cut', withFile(files, path, () => bytes.subarray(0, -1))],
        ['grown', withFile(files, path, () => Buffer.concat([bytes, Buffer.from('\n')]))],
        ['there twice', [...files, { path, bytes }]],
        ['replayed under another name', [...files, { path: other === path ? 'payloads/sha256-' + 'f'.repeat(64) : other, bytes }]],
      ];
      return variants.map(([how, all]) => [`${path} ${how}`, () => tarOf(all)] as const);
    });

    expect(await gotPast(changed, await trusted(), 'full')).toEqual([]);
  });

  it('fails with any two files exchanged, and in any other order', { timeout: long }, async () => {
    expect(
      await gotPast(
        exchanges(files).map(([name, make]) => [name, make] as const),
        await trusted(),
        'full',
      ),
    ).toEqual([]);
    const turned = files
      .slice(1)
      .map((_, at) => [`turned by ${String(at + 1)}`, () => tarOf([...files.slice(at + 1), ...files.slice(0, at + 1)])] as const);
    expect(await gotPast(turned, await trusted(), 'full')).toEqual([]);
  });

  it('fails with any two files exchanged by whoever can sign the manifest', { timeout: long }, async () => {
    const everyThird = exchanges(files.slice(1)).filter((_, at) => at % 3 === 0);
    const inner = everyThird.map(([name, , change]) => [name, () => tarOf(writeBundle(story, { ...options, files: change }))] as const);

    expect(await gotPast(inner, await trusted(), 'full')).toEqual([]);
  });

  it(
    'fails with any byte changed by whoever can sign the manifest, but for the page and the dates of keys, which prove nothing',
    { timeout: long },
    async () => {
      const changed = files.slice(1).flatMap(({ path, bytes }) => {
        if (path === 'index.html') return [];
        const dates = path === 'keys.json' ? Buffer.from(bytes).indexOf('"validFrom"') : bytes.length;
        const places = Array.from({ length: Math.ceil(bytes.length / 61) }, (_, step) => step * 61 + (path.length % 61)).filter(
          (at) => at < bytes.length && at < dates,
        );
        return places.map((at) => {
          const change = (own: readonly BundleFile[]): readonly BundleFile[] =>
            withFile(own, path, (old) => Uint8Array.from(old, (byte, place) => (place === at ? byte ^ (1 << (at % 7)) : byte)));
          return [`${path} at ${String(at)}`, () => tarOf(writeBundle(story, { ...options, files: change }))] as const;
        });
      });

      expect(changed.length).toBeGreaterThan(500);
      expect(await gotPast(changed, await trusted(), 'full')).toEqual([]);
    },
  );
});

type Change = (files: readonly BundleFile[]) => readonly BundleFile[];

/** Every pair of files, each with the other's bytes. */
function exchanges(files: readonly BundleFile[]): readonly (readonly [string, () => Uint8Array<ArrayBuffer>, Change])[] {
  return files.flatMap((one, at) =>
    files.slice(at + 1).map((other) => {
      const change: Change = (all) =>
        withFile(
          withFile(all, one.path, () => other.bytes),
          other.path,
          () => one.bytes,
        );
      return [`${one.path} for ${other.path}`, () => tarOf(change(files)), change] as const;
    }),
  );
}
