import { describe, expect, it } from 'vitest';
import { parseWords } from './words.ts';

describe('the words of fairlead-verify', () => {
  it('name a bundle and a trust file, in any order', () => {
    const asked = { kind: 'verify', bundle: 'b.tar', trust: 't.json', json: false, audience: 'full' };

    expect(parseWords(['b.tar', '--trust', 't.json'])).toEqual(asked);
    expect(parseWords(['--trust', 't.json', '--json', '--audience', 'tenant', 'b.tar'])).toEqual({
      ...asked,
      json: true,
      audience: 'tenant',
    });
  });

  it.each([
    [[]],
    [['b.tar']],
    [['b.tar', '--trust']],
    [['--trust', 't.json']],
    [['a.tar', 'b.tar', '--trust', 't.json']],
    [['b.tar', '--trust', 't.json', '--trust', 'u.json']],
    [['b.tar', '--trust', 't.json', '--offline']],
    [['b.tar', '--trust', 't.json', '--audience', 'all']],
  ])('are wrong as %j', (words) => {
    expect(parseWords(words).kind).toBe('wrong');
  });

  it('ask for help', () => {
    expect(parseWords(['b.tar', '-h']).kind).toBe('help');
  });
});
