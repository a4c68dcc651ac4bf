import { expect, it } from 'vitest';
import { failureReason, isDiskFull } from './failure-reason.ts';

it.each([
  [
    '2026-11-23 18:13:52 UTC [1] FATAL:  data directory has wrong ownership\n2026-11-23 UTC [1] LOG:  shut down\n',
    'data directory has wrong ownership',
  ],
  [
    '2026 UTC [1] PANIC:  could not write to file "x": No space left on device\n2026 UTC [2] FATAL:  checkpoint request failed\n',
    'could not write to file "x": No space left on device',
  ],
  [
    'initdb: error: could not look up effective user ID 7: user does not exist\n',
    'could not look up effective user ID 7: user does not exist',
  ],
  ['flock: failed to execute setpriv: No such file or directory\n', 'flock: failed to execute setpriv: No such file or directory'],
  ['', ''],
])('finds the cause in %j', (log, reason) => {
  expect(failureReason(log)).toBe(reason);
});

it('knows a full disk', () => {
  expect(isDiskFull('could not extend file "base/1": No space left on device')).toBe(true);
  expect(isDiskFull('permission denied')).toBe(false);
});
