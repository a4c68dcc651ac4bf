import { expect, it } from 'vitest';
import { Dispatcher } from './dispatcher.ts';

/** Handlers that end when the test says so. */
function held(): {
  readonly started: string[];
  readonly handle: (id: string) => Promise<void>;
  readonly end: (id: string) => Promise<void>;
} {
  const ends = new Map<string, () => void>();
  const started: string[] = [];
  return {
    started,
    handle: (id) => {
      started.push(id);
      return new Promise<void>((done) => ends.set(id, done));
    },
    async end(id) {
      ends.get(id)?.();
      await new Promise((done) => setImmediate(done));
    },
  };
}
const unexpected = (error: unknown): void => {
  throw error;
};

it('handles a few at once and the rest afterwards, in order', async () => {
  const { started, handle, end } = held();
  const dispatcher = new Dispatcher({ handle, concurrency: 2, onError: unexpected });

  for (const id of ['a', 'b', 'c', 'd', 'c']) dispatcher.add(id);

  expect(started).toEqual(['a', 'b']);
  await end('b');
  expect(started).toEqual(['a', 'b', 'c']);
  await end('a');
  expect(started).toEqual(['a', 'b', 'c', 'd']);
});

it('handles an id again that comes while it is handled, but never twice at once', async () => {
  const { started, handle, end } = held();
  const dispatcher = new Dispatcher({ handle, concurrency: 5, onError: unexpected });

  dispatcher.add('a');
  dispatcher.add('a');
  dispatcher.add('a');
  expect(started).toEqual(['a']);
  await end('a');
  expect(started).toEqual(['a', 'a']);
  await end('a');
  expect(started).toEqual(['a', 'a']);
});

it('goes on after a failure, which it reports', async () => {
  const failures: unknown[] = [];
  const handled: string[] = [];
  const handle = (id: string): Promise<void> => {
    handled.push(id);
    return id === 'bad' ? Promise.reject(new Error('no')) : Promise.resolve();
  };
  const dispatcher = new Dispatcher({ handle, concurrency: 1, onError: (error, id) => failures.push([id, error]) });

  dispatcher.add('bad');
  dispatcher.add('good');
  await new Promise((done) => setImmediate(done));

  expect(handled).toEqual(['bad', 'good']);
  expect(failures).toEqual([['bad', new Error('no')]]);
});

it('stops when what runs has ended, and starts nothing more', async () => {
  const { started, handle, end } = held();
  const dispatcher = new Dispatcher({ handle, concurrency: 1, onError: unexpected });
  dispatcher.add('a');
  dispatcher.add('b');

  let stopped = false;
  const stopping = dispatcher.stop().then(() => (stopped = true));
  await new Promise((done) => setImmediate(done));
  expect(stopped).toBe(false);
  await end('a');
  await stopping;
  dispatcher.add('c');

  expect(started).toEqual(['a']);
});
