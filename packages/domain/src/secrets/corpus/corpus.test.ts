import { describe, expect, it } from 'vitest';
import type { FoundSecret } from '../found-secret.ts';
import { scanText } from '../scan-text.ts';
import type { CorpusCase } from './corpus-case.ts';
import { flaggedElsewhere } from './flagged-elsewhere.ts';
import { flaggedObjects } from './flagged-objects.ts';
import { flaggedSecrets } from './flagged-secrets.ts';
import { harmlessObjects } from './harmless-objects.ts';
import { harmlessSettings } from './harmless-settings.ts';

const shown = ({ rule, pointer, line }: FoundSecret): string => `${rule} ${pointer === '' ? `:${String(line)}` : pointer}`;
const rows = (cases: readonly CorpusCase[]): readonly (readonly [string, CorpusCase])[] => cases.map((one) => [one.row, one]);

function expectNoValues(found: readonly FoundSecret[]): void {
  for (const { value, ...said } of found) {
    const told = JSON.stringify(said);
    expect(told).not.toMatch(/hunter2|aHVudGVyMg/);
    if (value.length > 6) expect(told).not.toContain(JSON.stringify(value).slice(1, -1));
  }
}

describe('the corpus', () => {
  it.each(rows([...flaggedSecrets, ...flaggedObjects, ...flaggedElsewhere]))('flags %s', (_, { path, text, found }) => {
    const secrets = scanText({ path, text });

    expect(secrets.map(shown).toSorted()).toEqual(found.toSorted());
    expectNoValues(secrets);
  });

  it.each(rows([...harmlessObjects, ...harmlessSettings]))('passes %s', (_, { path, text }) => {
    expect(scanText({ path, text }).map(({ rule, pointer, line, message }) => `${rule} ${pointer}:${String(line)} ${message}`)).toEqual([]);
  });
});
