import { repeatableBytes } from './repeatable-bytes.ts';

const ok = 0;
const badFile = 8;
const stdout = 1;
const stderr = 2;
const logLength = 65_536;

type Calls = Readonly<Record<string, (...args: never[]) => number>>;
type View = () => DataView;
type FourNumbers = readonly [number, number, number, number];
interface Write {
  readonly at: number;
  readonly value: number;
}

/** Thrown through the guest when it exits, which a reactor only does to die. */
export class GuestExit extends Error {
  constructor(code: number) {
    super(`the guest exited with ${String(code)}`);
    this.name = 'GuestExit';
  }
}

export interface Wasi {
  readonly calls: Calls;
  /** The end of what the guest wrote to its standard outputs. */
  readonly log: () => string;
  /** Empties the log and starts the random numbers anew, so that a render does not depend on those before it. */
  readonly restart: () => void;
}

/**
 * WASI preview 1 with nothing behind it: no files, sockets, environment or waiting; one fixed date and repeatable random numbers.
 * `memory` answers the guest's memory as it is now (growth replaces the buffer).
 */
export function wasi(memory: () => ArrayBufferLike): Wasi {
  const view: View = () => new DataView(memory());
  const random = repeatableBytes();
  const outputs = outputCalls(view);
  return {
    log: outputs.log,
    restart() {
      outputs.clear();
      random.restart();
    },
    calls: {
      ...processCalls(view),
      ...clockCalls(view),
      ...outputs.calls,
      random_get(address: number, length: number) {
        random.fill(new Uint8Array(memory(), address, length));
        return ok;
      },
    },
  };
}

function processCalls(view: View): Calls {
  const writeTwo = (first: Write, second: Write): number => {
    for (const { at, value } of [first, second]) view().setUint32(at, value, true);
    return ok;
  };
  return {
    // One argument, "r" in four bytes: klog's start-up reads its program's name.
    args_sizes_get: (count: number, bytes: number) => writeTwo({ at: count, value: 1 }, { at: bytes, value: 4 }),
    args_get: (list: number, text: number) => writeTwo({ at: list, value: text }, { at: text, value: 0x72 }),
    environ_sizes_get: (count: number, bytes: number) => writeTwo({ at: count, value: 0 }, { at: bytes, value: 0 }),
    environ_get: () => ok,
    sched_yield: () => ok,
    proc_exit(code: number) {
      throw new GuestExit(code);
    },
  };
}

function clockCalls(view: View): Calls {
  const realTime = 0;
  const [subscriptionBytes, eventBytes] = [48, 32];
  return {
    clock_time_get(clock: number, _precision: bigint, out: number) {
      // The collector paces itself by the monotonic clock, which only the text of a bare `now` shows.
      view().setBigUint64(out, clock === realTime ? 0n : process.hrtime.bigint(), true);
      return ok;
    },
    /** Every subscription, which can only be to a clock, is over at once. */
    poll_oneoff(...[subscriptions, events, count, counted]: FourNumbers) {
      for (let i = 0; i < count; i += 1) {
        const from = subscriptions + i * subscriptionBytes;
        const to = events + i * eventBytes;
        view().setBigUint64(to, view().getBigUint64(from, true), true);
        view().setUint16(to + 8, ok, true);
        view().setUint8(to + 10, view().getUint8(from + 8));
      }
      view().setUint32(counted, count, true);
      return ok;
    },
  };
}

function outputCalls(view: View): { readonly calls: Calls; readonly log: () => string; readonly clear: () => void } {
  const characterDevice = 2;
  const statBytes = 24;
  let log = '';
  const calls = {
    fd_write(...[file, vectors, count, written]: FourNumbers) {
      if (file !== stdout && file !== stderr) return badFile;
      let total = 0;
      for (let at = vectors; at < vectors + 8 * count; at += 8) {
        const length = view().getUint32(at + 4, true);
        log = (log + Buffer.from(view().buffer, view().getUint32(at, true), length).toString()).slice(-logLength);
        total += length;
      }
      view().setUint32(written, total, true);
      return ok;
    },
    fd_fdstat_get(file: number, out: number) {
      if (file > stderr) return badFile;
      new Uint8Array(view().buffer, out, statBytes).fill(0);
      view().setUint8(out, characterDevice);
      return ok;
    },
    fd_fdstat_set_flags: () => ok,
    fd_prestat_get: () => badFile,
  };
  const clear = (): void => {
    log = '';
  };
  return { calls, log: () => log, clear };
}
