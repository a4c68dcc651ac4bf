import { describe, expect, it } from 'vitest';
import { documentTexts, joinedTexts } from './document-texts.ts';

const text = 'a: 1\nb: 2\n---\nc: 3\n---\nd: 4';
const [first = '', second = '', third = ''] = documentTexts(text);

describe('the documents of a text', () => {
  it('stand where they stood', () => {
    expect([first, second, third]).toEqual(['a: 1\nb: 2\n', '\n\n---\nc: 3\n', '\n\n\n\n---\nd: 4']);
  });

  it.each([
    ['all', [first, second, third], text],
    ['without one between', [first, third], 'a: 1\nb: 2\n\n\n---\nd: 4'],
    ['the last alone', [third], third],
    ['none', [], ''],
  ])('are one text again, each where it was: %s', (_, some, joined) => {
    expect(joinedTexts(some)).toBe(joined);
  });
});
