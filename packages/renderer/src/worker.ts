import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { type Guest, startGuest } from './guest.ts';
import { isLooked, type Look } from './look.ts';
import { type FromWorker, type ToWorker } from './worker-messages.ts';

type Start = Extract<ToWorker, { kind: 'start' }>;

if (parentPort === null) throw new Error('this file is the entry of a worker thread');
const caller = parentPort;
const send = (message: FromWorker): void => {
  caller.postMessage(message);
};

/** Asks the caller's thread, which answers when it can, and sleeps until then. */
function lookThrough({ answers, bell }: Start): Look {
  const rung = new Int32Array(bell);
  return (path, want) => {
    send({ kind: 'look', path, want });
    Atomics.wait(rung, 0, 0);
    Atomics.store(rung, 0, 0);
    const looked: unknown = receiveMessageOnPort(answers)?.message;
    if (!isLooked(looked)) throw new Error(`no answer to a look at '${path}'`);
    return looked;
  };
}

let guest: Guest | undefined;

function handle(message: ToWorker): void {
  if (message.kind === 'start') {
    guest = startGuest({ ...message, look: lookThrough(message) });
    return;
  }
  if (guest === undefined) throw new Error('asked to render before the start');
  const answer = guest.render(message.order);
  caller.postMessage({ kind: 'answered', answer, memoryPages: guest.memoryPages() } satisfies FromWorker, [answer.buffer]);
}

caller.on('message', (message: ToWorker) => {
  try {
    handle(message);
  } catch (error) {
    send({ kind: 'died', message: String(error), lastWords: guest?.lastWords() ?? '' });
  }
});
