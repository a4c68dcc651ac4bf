import { describe, expect, it } from 'vitest';
import { labelSelectorOf, labelSelectorText, parseLabelSelector } from './label-selector.ts';

const labels = { app: 'web', tier: 'front' };

function selects(text: string): boolean | string {
  const selector = parseLabelSelector(text);
  return typeof selector === 'function' ? selector(labels) : selector.fault;
}

describe('parseLabelSelector', () => {
  it.each([
    ['', true],
    ['app=web', true],
    ['app==web,tier=front', true],
    ['app!=web', false],
    ['none!=x', true],
    ['app in (api, web)', true],
    ['app notin (api,web)', false],
    ['none notin (x)', true],
    ['app,!none', true],
    ['!app', false],
    ['tier in (back),app', false],
  ])('decides %j', (text, expected) => {
    expect(selects(text)).toBe(expected);
  });

  it('says which part it can not read', () => {
    expect(selects('app=web,a b')).toMatch(/"a b"/);
  });
});

describe('labelSelectorOf', () => {
  const selector = {
    matchLabels: { app: 'web' },
    matchExpressions: [
      { key: 'tier', operator: 'In', values: ['front', 'back'] },
      { key: 'canary', operator: 'DoesNotExist' },
    ],
  };

  it('needs all of its requirements', () => {
    expect(labelSelectorOf(selector)(labels)).toBe(true);
    expect(labelSelectorOf(selector)({ ...labels, canary: 'yes' })).toBe(false);
    expect(labelSelectorOf(selector)({ app: 'web' })).toBe(false);
  });

  it('selects the same by its text', () => {
    expect(labelSelectorText(selector)).toBe('app=web,tier in (front,back),!canary');
    expect(selects(labelSelectorText(selector))).toBe(true);
  });
});
