import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../document/json.ts';
import { suspensionsAfter } from './suspension.ts';

function act(action: 'suspend' | 'resume', name: string, rest: JsonObject = {}): JsonObject {
  return {
    action,
    target: `eu/flux-system/${name}`,
    controller: 'flux',
    cluster: 'eu',
    namespace: 'flux-system',
    name,
    reason: 'a move',
    environment: 'shop/prod',
    at: '2026-11-23T12:00:00.000Z',
    actor: { id: 'local:ada' },
    ...(action === 'suspend' ? { until: '2026-11-23T14:00:00.000Z' } : {}),
    ...rest,
  };
}

const names = (acts: readonly JsonObject[]): readonly string[] => suspensionsAfter(acts).map(({ target }) => target.name);

describe('what is suspended', () => {
  it('is what was suspended and not resumed, with who, why and how long', () => {
    const found = suspensionsAfter([act('suspend', 'one'), act('suspend', 'two'), act('resume', 'one')]);

    expect(found).toEqual([
      {
        environment: 'shop/prod',
        target: { controller: 'flux', cluster: 'eu', namespace: 'flux-system', name: 'two' },
        reason: 'a move',
        by: 'local:ada',
        since: '2026-11-23T12:00:00.000Z',
        until: '2026-11-23T14:00:00.000Z',
      },
    ]);
  });

  it('goes by the last act on each target', () => {
    const longer = act('suspend', 'one', { until: '2026-11-23T18:00:00.000Z' });

    expect(suspensionsAfter([act('suspend', 'one'), longer]).map(({ until }) => until)).toEqual(['2026-11-23T18:00:00.000Z']);
    expect(names([act('suspend', 'one'), act('resume', 'one'), act('suspend', 'one')])).toEqual(['one']);
  });

  it('is nothing that a record of a newer kind of act says', () => {
    expect(names([{ ...act('suspend', 'one'), action: 'freeze' }])).toEqual([]);
  });
});
