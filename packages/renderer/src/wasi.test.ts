import { describe, expect, it } from 'vitest';
import { GuestExit, type Wasi, wasi } from './wasi.ts';

type Call = (...args: readonly (number | bigint)[]) => number;

function guest(): {
  readonly call: (name: string, ...args: readonly (number | bigint)[]) => number;
  readonly view: DataView;
  readonly system: Wasi;
} {
  const memory = new ArrayBuffer(1024);
  const system = wasi(() => memory);
  const calls: Readonly<Record<string, unknown>> = system.calls;
  const isCall = (value: unknown): value is Call => typeof value === 'function';
  return {
    call(name, ...args) {
      const found = calls[name];
      if (!isCall(found)) throw new Error(`no call ${name}`);
      return found(...args);
    },
    view: new DataView(memory),
    system,
  };
}

function randomBytes({ call, view }: ReturnType<typeof guest>): readonly number[] {
  call('random_get', 64, 8);
  return [...new Uint8Array(view.buffer, 64, 8)];
}

describe('wasi', () => {
  it('tells one fixed date', () => {
    const { call, view } = guest();
    view.setBigUint64(0, 99n, true);

    expect(call('clock_time_get', 0, 0n, 0)).toBe(0);
    expect(view.getBigUint64(0, true)).toBe(0n);
  });

  it('repeats its random bytes after a restart and not before', () => {
    const world = guest();

    const first = randomBytes(world);
    const second = randomBytes(world);
    world.system.restart();

    expect(second).not.toEqual(first);
    expect(randomBytes(world)).toEqual(first);
  });

  it('has an empty environment', () => {
    const { call, view } = guest();
    view.setUint32(0, 7, true);
    view.setUint32(4, 7, true);

    call('environ_sizes_get', 0, 4);

    expect([view.getUint32(0, true), view.getUint32(4, true)]).toEqual([0, 0]);
  });

  it('gives one argument, ended by NUL within its announced size', () => {
    const { call, view } = guest();

    call('args_sizes_get', 0, 4);
    call('args_get', 8, 16);

    expect([view.getUint32(0, true), view.getUint32(4, true)]).toEqual([1, 4]);
    expect(view.getUint32(8, true)).toBe(16);
    expect([...new Uint8Array(view.buffer, 16, 4)]).toEqual([0x72, 0, 0, 0]);
  });

  it('has no file to open or to write to', () => {
    const { call } = guest();
    const badFile = 8;

    expect(call('fd_prestat_get', 3, 0)).toBe(badFile);
    expect(call('fd_fdstat_get', 3, 0)).toBe(badFile);
    expect(call('fd_write', 3, 0, 0, 0)).toBe(badFile);
  });

  it('keeps what the guest says about its end, until a restart', () => {
    const { call, view, system } = guest();
    new Uint8Array(view.buffer, 64, 5).set(Buffer.from('panic'));
    view.setUint32(0, 64, true);
    view.setUint32(4, 5, true);

    call('fd_write', 2, 0, 1, 32);

    expect(view.getUint32(32, true)).toBe(5);
    expect(system.log()).toBe('panic');
    system.restart();
    expect(system.log()).toBe('');
  });

  it('answers a sleep at once', () => {
    const { call, view } = guest();
    view.setBigUint64(0, 42n, true);

    expect(call('poll_oneoff', 0, 128, 1, 256)).toBe(0);

    expect(view.getUint32(256, true)).toBe(1);
    expect(view.getBigUint64(128, true)).toBe(42n);
  });

  it('throws where the guest exits', () => {
    const { call } = guest();

    expect(() => call('proc_exit', 2)).toThrow(new GuestExit(2));
  });
});
