import { describe, expect, it } from 'vitest';
import { EventHistory, type StoreEvent } from './event-history.ts';

function event(version: number): StoreEvent {
  const metadata = { name: 'one', uid: 'u', resourceVersion: version.toString(), creationTimestamp: '2030-01-01T00:00:00Z' };
  return { kind: 'MODIFIED', typeId: 'configmaps.', object: { apiVersion: 'v1', kind: 'ConfigMap', metadata }, version };
}

function versionsAfter(history: EventHistory, version: number): readonly number[] | 'expired' {
  const events = history.after(version);
  return events === 'expired' ? events : events.map((one) => one.version);
}

describe('EventHistory', () => {
  it('knows everything since its start as long as it is short', () => {
    const history = new EventHistory(3, 10);
    [11, 15].forEach((version) => {
      history.append(event(version));
    });

    expect(versionsAfter(history, 10)).toEqual([11, 15]);
    expect(versionsAfter(history, 12)).toEqual([15]);
    expect(versionsAfter(history, 20)).toEqual([]);
    expect(versionsAfter(history, 9)).toBe('expired');
  });

  it('forgets the oldest beyond its limit', () => {
    const history = new EventHistory(3, 0);
    [1, 2, 3, 4, 5, 6, 7].forEach((version) => {
      history.append(event(version));
    });

    expect(versionsAfter(history, 4)).toEqual([5, 6, 7]);
    expect(versionsAfter(history, 3)).toBe('expired');
  });
});
