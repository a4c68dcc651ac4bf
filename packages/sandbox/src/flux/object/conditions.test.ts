import { describe, expect, it } from 'vitest';

import { withCondition, type FluxCondition, type Mark } from './conditions.ts';

const mark = (type: string, message = ''): Mark => ({ type, status: 'True', reason: 'Because', message });
const at = (second: number, generation = 1): { readonly generation: number; readonly now: Date } => ({
  generation,
  now: new Date(Date.UTC(2026, 0, 1, 0, 0, second)),
});

function typesAfter(...marks: readonly (readonly [string, number])[]): readonly string[] {
  const none: readonly FluxCondition[] = [];
  return marks.reduce((list, [type, generation]) => withCondition(list, mark(type), at(0, generation)), none).map(({ type }) => type);
}

describe('withCondition', () => {
  it('puts what matters first, then the newest generation, then by name', () => {
    expect(typesAfter(['Healthy', 1], ['Ready', 1], ['Reconciling', 1], ['Stalled', 1])).toEqual([
      'Stalled',
      'Reconciling',
      'Ready',
      'Healthy',
    ]);
    expect(typesAfter(['ArtifactInStorage', 1], ['FetchFailed', 1])).toEqual(['ArtifactInStorage', 'FetchFailed']);
    expect(typesAfter(['ArtifactInStorage', 1], ['FetchFailed', 2])).toEqual(['FetchFailed', 'ArtifactInStorage']);
  });

  it('moves the time only when more than the generation changes', () => {
    const first = withCondition([], mark('Ready', 'a'), at(1));

    expect(withCondition(first, mark('Ready', 'a'), at(2, 2))).toEqual([{ ...first[0], observedGeneration: 2 }]);
    expect(withCondition(first, mark('Ready', 'b'), at(2))[0]?.lastTransitionTime).toBe('2026-01-01T00:00:02Z');
  });
});
