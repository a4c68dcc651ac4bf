import { describe, expect, it } from 'vitest';
import { parseGuestAnswer } from './guest-answer.ts';

function answer(yaml: string, tail: unknown): Uint8Array {
  const text = Buffer.from(yaml);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, Buffer.from(JSON.stringify(tail))]);
}

describe('parseGuestAnswer', () => {
  it('reads the text and the objects', () => {
    expect(parseGuestAnswer(answer('a: é\n', { objects: [{ a: 'é' }] }))).toEqual({
      kind: 'rendered',
      yaml: 'a: é\n',
      objects: [{ a: 'é' }],
    });
  });

  it('reads no objects as an empty list', () => {
    expect(parseGuestAnswer(answer('', { objects: null }))).toEqual({ kind: 'rendered', yaml: '', objects: [] });
  });

  it('freezes the objects to the bottom', () => {
    const parsed = parseGuestAnswer(answer('', { objects: [{ spec: { list: [{}] } }] }));

    expect(parsed).toMatchObject({ objects: [{ spec: { list: [{}] } }] });
    expect(() => {
      JSON.stringify(parsed, (_key, value: unknown) => {
        if (typeof value === 'object' && value !== parsed && !Object.isFrozen(value)) throw new Error('not frozen');
        return value;
      });
    }).not.toThrow();
  });

  it('reads an error', () => {
    expect(parseGuestAnswer(answer('', { objects: null, error: { code: 'remote-base', message: 'no' } }))).toEqual({
      kind: 'failed',
      code: 'remote-base',
      message: 'no',
    });
  });
});
