import { describe, expect, it } from 'vitest';

import { appSources, isReference, operationRevisions, operationSources, revisionFields, revisionsIn, sourceFields } from './app-sources.ts';

const overlay = { repoURL: 'https://git.example.com/env.git', path: 'overlays/dev', targetRevision: 'main' };
const values = { repoURL: 'https://git.example.com/env.git', ref: 'values', targetRevision: 'next' };
const several = appSources({ source: values, sources: [overlay, values] });
const single = appSources({ source: overlay, sources: [] });

it('takes several sources before the one', () => {
  expect(several).toEqual({ several: true, sources: [overlay, values] });
  expect(single).toEqual({ several: false, sources: [overlay] });
});

it('writes and reads revisions in the fields of one or of several', () => {
  expect([revisionFields(single, ['a']), sourceFields(single)]).toEqual([{ revision: 'a' }, { source: overlay }]);
  expect(revisionFields(several, ['a', 'b'])).toEqual({ revisions: ['a', 'b'] });
  expect(sourceFields(several)).toEqual({ source: { repoURL: '' }, sources: [overlay, values] });
  expect([revisionsIn({ revisions: ['a', 'b'] }, several), revisionsIn({ revision: 'a' }, several)]).toEqual([['a', 'b'], []]);
});

describe('an operation', () => {
  it.each([
    ['names none', {}, ['main', 'next']],
    ['names both', { revisions: ['a', 'b'] }, ['a', 'b']],
    ['leaves one out', { revisions: ['a', ''] }, ['a', 'next']],
    ['names another number', { revisions: ['a'] }, ['main', 'next']],
    ['names one where there are several', { revision: 'a' }, ['main', 'next']],
  ])('of several sources that %s revisions', (_what, sync, revisions) => {
    expect(operationRevisions(sync, several)).toEqual(revisions);
  });

  it('that names one source makes several into one', () => {
    expect(operationSources({ source: overlay }, several)).toEqual(single);
    expect(operationSources({ revision: 'a' }, several)).toEqual(several);
  });
});

it('knows a source that only lends its files', () => {
  expect([isReference(values), isReference(overlay), isReference({ ...values, path: 'x' })]).toEqual([true, false, false]);
});
