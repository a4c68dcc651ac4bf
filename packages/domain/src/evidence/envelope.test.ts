import { describe, expect, it } from 'vitest';
import { preAuthenticationEncoding } from './dsse-envelope.ts';
import { readEntryBundle, writeEntryBundle } from './entry-bundle.ts';
import { LogLeaf, logLeafBytes } from './log-leaf.ts';
import { bundleBytes, SigstoreBundle } from './sigstore-bundle.ts';
import { portableTreeHasher } from './tree-hasher.ts';
import { writeTlogProof } from './tlog-proof.ts';

const utf8 = (text: string): Uint8Array => Buffer.from(text);

describe('preAuthenticationEncoding', () => {
  it('equals the vector of the DSSE protocol', () => {
    const encoded = preAuthenticationEncoding('http://example.com/HelloWorld', utf8('hello world'));

    expect(Buffer.from(encoded).toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });

  it('counts bytes, not characters', () => {
    expect(Buffer.from(preAuthenticationEncoding('application/typé', utf8('é'))).toString()).toBe('DSSEv1 17 application/typé 2 é');
  });
});

describe('a leaf', () => {
  it('is canonical and names the record by the hash of what was signed', () => {
    const bytes = logLeafBytes({ type: 't', environment: 'shop/prod', at: '2026-01-02T03:04:05.678Z' }, utf8('x'));

    expect(Buffer.from(bytes).toString()).toBe(
      '{"at":"2026-01-02T03:04:05.678Z","environment":"shop/prod","pae":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","type":"t","v":1}',
    );
    expect(
      LogLeaf.safeParse(JSON.parse(Buffer.from(logLeafBytes({ type: 't', at: '2026-01-02T03:04:05Z' }, utf8('x'))).toString())).success,
    ).toBe(true);
  });
});

describe('a bundle', () => {
  it('holds one signature whose hint is the key id', () => {
    const bundle = SigstoreBundle.parse(JSON.parse(Buffer.from(bundleBytes(utf8('{}'), utf8('sig'), 'ab12')).toString()));

    expect(bundle.verificationMaterial.publicKey.hint).toBe('ab12');
    expect(bundle.dsseEnvelope.signatures[0].keyid).toBe('ab12');
    expect(bundle.dsseEnvelope.payload).toBe('e30=');
  });

  it('is refused with two signatures', () => {
    const bundle: unknown = JSON.parse(
      Buffer.from(bundleBytes(utf8('{}'), utf8('sig'), 'ab12'))
        .toString()
        .replace('"signatures":[', '"signatures":[{"keyid":"x","sig":"eA=="},'),
    );

    expect(SigstoreBundle.safeParse(bundle).success).toBe(false);
  });
});

describe('an entry bundle', () => {
  it('gives back its leaves', () => {
    const leaves = [utf8(''), utf8('a'), new Uint8Array(300).fill(7)];

    expect(readEntryBundle(writeEntryBundle(leaves)).map((leaf) => Buffer.from(leaf).toString('hex'))).toEqual(
      leaves.map((leaf) => Buffer.from(leaf).toString('hex')),
    );
  });

  it('refuses a leaf that its length field cannot hold, and bytes that end inside a leaf', () => {
    expect(() => writeEntryBundle([new Uint8Array(65_536)])).toThrow('at most 65535');
    expect(() => readEntryBundle(Uint8Array.of(0, 2, 1))).toThrow('ends inside a leaf');
  });
});

it('writes a proof as C2SP does', () => {
  expect(writeTlogProof(7, [portableTreeHasher.emptyRoot], 'checkpoint\n')).toBe(
    'c2sp.org/tlog-proof@v1\nindex 7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\ncheckpoint\n',
  );
});
