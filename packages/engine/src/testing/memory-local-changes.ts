import type { LocalChange, LocalChanges } from '../ports/forge.ts';

/** Changes of the `local` forge, kept while the process lives. */
export function memoryLocalChanges(now: () => Date): LocalChanges {
  const changes: LocalChange[] = [];
  return {
    findOrCreate({ branch, base, title, promotion }) {
      const found = changes.find((change) => change.branch === branch && change.closed === undefined);
      if (found !== undefined) return Promise.resolve(found);
      const change: LocalChange = {
        number: changes.length + 1,
        branch,
        base,
        title,
        ...(promotion === undefined ? {} : { promotion }),
        openedAt: now(),
      };
      changes.push(change);
      return Promise.resolve(change);
    },
    read: (number) => Promise.resolve(changes[number - 1] ?? 'absent'),
    close(number, reason) {
      const change = changes[number - 1];
      if (change !== undefined && change.closed === undefined) changes[number - 1] = { ...change, closed: { reason } };
      return Promise.resolve();
    },
  };
}
