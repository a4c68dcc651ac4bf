import { generateKeyPairSync, hash, sign, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openCheckpoint, type LogTrust } from './checkpoint.ts';
import { parseNoteKey } from './note-key.ts';

const origin = 'log.example/one';
const text = `${origin}\n7\n${Buffer.alloc(32, 1).toString('base64')}\n`;

interface Signer {
  readonly name: string;
  readonly type: number;
  readonly privateKey: KeyObject;
  readonly raw: Buffer;
}

function signer(name: string, type: number): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { name, type, privateKey, raw: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32) };
}

const idOf = ({ name, type, raw }: Signer): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), raw]), 'buffer').subarray(0, 4);
const vkeyOf = (one: Signer): string =>
  `${one.name}+${idOf(one).toString('hex')}+${Buffer.concat([Buffer.of(one.type), one.raw]).toString('base64')}`;

function lineOf(one: Signer, signed: string = text): string {
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(1_700_000_000n);
  const message = one.type === 1 ? signed : `cosignature/v1\ntime 1700000000\n${signed}`;
  const signature = sign(null, Buffer.from(message), one.privateKey);
  return `— ${one.name} ${Buffer.concat([idOf(one), ...(one.type === 4 ? [time] : []), signature]).toString('base64')}\n`;
}

const log = signer(origin, 1);
const witnesses = [signer('witness.example/a', 4), signer('witness.example/b', 4), signer('witness.example/c', 4)];

async function open(note: string, quorum = 0): Promise<bigint> {
  const trust: LogTrust = {
    origin,
    key: await parseNoteKey(vkeyOf(log), 'log'),
    witnesses: await Promise.all(witnesses.map((one) => parseNoteKey(vkeyOf(one), 'witness'))),
    quorum,
  };
  return (await openCheckpoint(new TextEncoder().encode(note), trust)).size;
}

describe('a checkpoint', () => {
  it('is what the log signed', async () => {
    expect(await open(`${text}\n${lineOf(log)}`)).toBe(7n);
  });

  it('may be signed by others too, whom nobody here knows', async () => {
    expect(await open(`${text}\n${lineOf(signer('other.example', 1))}${lineOf(log)}`)).toBe(7n);
  });

  it.each([
    ['no signature', `${text}\n`],
    ['a signature of somebody else under its name', `${text}\n${lineOf(signer(origin, 1))}`],
    ['a signature of something else', `${text}\n${lineOf(log, text.replace('7', '8'))}`],
    ['a good signature and a bad one of the same key', `${text}\n${lineOf(log)}${lineOf(log, 'other\n')}`],
    ['an extension line', `${text}more\n\n${lineOf(log, `${text}more\n`)}`],
    ['no line feed at its end', `${text}\n${lineOf(log).trimEnd()}`],
    ['a carriage return', `${text}\n${lineOf(log)}`.replace('7\n', '7\r\n')],
    ['a hyphen for the dash', `${text}\n${lineOf(log).replace('—', '-')}`],
    ['two spaces', `${text}\n${lineOf(log).replace('— ', '—  ')}`],
    ['a name in capitals', `${text}\n${lineOf(log)}`.replaceAll(origin, origin.toUpperCase())],
    ['more signatures than anybody reads', `${text}\n${lineOf(log).repeat(65)}`],
  ])('is refused with %s', async (_, note) => {
    await expect(open(note)).rejects.toThrow();
  });

  it.each(['07', '0x7', ' 7', '', '-1', '7.0', '7e0', '99999999999999999999', '７'])('is refused with %j for its size', async (size) => {
    const other = text.replace('7', size);

    await expect(open(`${other}\n${lineOf(log, other)}`)).rejects.toThrow('not a checkpoint');
  });

  it('needs the witnesses that are asked for, each once', async () => {
    const [one = log, two = log] = witnesses;

    expect(await open(`${text}\n${lineOf(log)}${lineOf(one)}${lineOf(two)}`, 2)).toBe(7n);
    await expect(open(`${text}\n${lineOf(log)}${lineOf(one)}`, 2)).rejects.toThrow('1 of 2 witnesses');
    await expect(open(`${text}\n${lineOf(log)}${lineOf(one)}${lineOf(one)}`, 2)).rejects.toThrow('1 of 2 witnesses');
    await expect(open(`${text}\n${lineOf(log)}${lineOf(one)}${lineOf(two, 'other\n')}`, 2)).rejects.toThrow('does not hold');
  });
});

describe('a verifier key', () => {
  it.each([
    ['of another type', vkeyOf(signer('a.example', 2))],
    ['of a witness', vkeyOf(signer('a.example', 4))],
    ['with the id of another name', vkeyOf(log).replace('one', 'two')],
    ['with another id', vkeyOf(log).replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
    ['without a key', `${origin}+00000000+AQ==`],
    ['that is none', 'log.example'],
  ])('%s is refused', async (_, vkey) => {
    await expect(parseNoteKey(vkey, 'log')).rejects.toThrow();
  });
});
