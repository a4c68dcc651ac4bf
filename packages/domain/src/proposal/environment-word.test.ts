import { describe, expect, it } from 'vitest';
import { environmentWord } from './environment-word.ts';

describe('environmentWord', () => {
  it.each([
    ['dev', 'dev'],
    ['development', 'dev'],
    ['dev-control-rke2', 'dev'],
    ['qa', 'dev'],
    ['stage', 'staging'],
    ['staging', 'staging'],
    ['uat', 'staging'],
    ['pre-prod', 'staging'],
    ['preprod', 'staging'],
    ['prod', 'production'],
    ['production', 'production'],
    ['prod-eu-west-1', 'production'],
    ['us_prod', 'production'],
    ['prod2', 'production'],
    ['euProd', 'production'],
    ['live', 'production'],
  ])('takes %s for %s', (name, tier) => {
    expect(environmentWord(name)?.tier).toBe(tier);
  });

  it.each(['base', 'overlays', 'product', 'devices', 'shop', 'contest', 'delivery', 'pre-post-sync'])('takes nothing from %s', (name) => {
    expect(environmentWord(name)).toBeUndefined();
  });

  it.each(['nonprod', 'non-prod', 'pre-production'])('does not take %s for production', (name) => {
    expect(environmentWord(name)?.tier).not.toBe('production');
  });

  it('puts them in the order in which a release goes', () => {
    const names = ['prod', 'uat', 'dev', 'staging', 'qa', 'preprod', 'test'];

    const order = names.toSorted((one, other) => (environmentWord(one)?.rank ?? 0) - (environmentWord(other)?.rank ?? 0));

    expect(order).toEqual(['dev', 'test', 'qa', 'staging', 'uat', 'preprod', 'prod']);
  });
});
