import { type Look, lookedKinds, wants } from './look.ts';
import { pageBytes } from './memory-maximum.ts';
import { wasi } from './wasi.ts';

const notSupported = 52;

/** One instance of the module. Where `render` throws, it must not be used again. */
export interface Guest {
  readonly render: (order: Uint8Array) => Uint8Array<ArrayBuffer>;
  readonly memoryPages: () => number;
  /** What it wrote before it died. */
  readonly lastWords: () => string;
}

export interface GuestOptions {
  readonly module: WebAssembly.Module;
  /** The heap size from which the guest's collector works harder. */
  readonly softMemoryBytes: number;
  readonly look: Look;
}

export function startGuest({ module, softMemoryBytes, look }: GuestOptions): Guest {
  const memory = (): ArrayBuffer => exportedMemory(instance).buffer;
  const system = wasi(memory);
  const instance = new WebAssembly.Instance(module, {
    wasi_snapshot_preview1: { ...refusals(module), ...system.calls },
    fairlead: fileCalls(memory, look),
  });
  const call = (name: string, ...args: readonly WebAssembly.Value[]): WebAssembly.Value => exportedFunction(instance, name)(...args) ?? 0;

  call('_initialize');
  call('configure', BigInt(softMemoryBytes));
  return {
    render(order) {
      system.restart();
      const address = unsigned(call('alloc', order.length));
      new Uint8Array(memory(), address, order.length).set(order);
      const { high, low } = halves(call('render'));
      const answer = new Uint8Array(memory(), high, low).slice();
      call('forget');
      return answer;
    },
    memoryPages: () => memory().byteLength / pageBytes,
    lastWords: system.log,
  };
}

/** The rest of what Go's runtime imports: files, directories and sockets that are not there. */
function refusals(module: WebAssembly.Module): Readonly<Record<string, () => number>> {
  return Object.fromEntries(WebAssembly.Module.imports(module).map(({ name }) => [name, () => notSupported]));
}

function fileCalls(memory: () => ArrayBuffer, look: Look): WebAssembly.Imports[string] {
  let payload = new Uint8Array();
  return {
    look(address: number, length: number, want: number) {
      const path = Buffer.from(memory(), unsigned(address), length).toString();
      const looked = look(path, wants[want] ?? 'kind');
      payload = Uint8Array.from(looked.payload);
      return (BigInt(lookedKinds.indexOf(looked.kind)) << 32n) | BigInt(payload.length);
    },
    take(address: number) {
      new Uint8Array(memory()).set(payload, unsigned(address));
      payload = new Uint8Array();
      return undefined;
    },
  };
}

function exportedMemory({ exports }: WebAssembly.Instance): WebAssembly.Memory {
  const memory = exports['memory'];
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('the module exports no memory');
  return memory;
}

function exportedFunction({ exports }: WebAssembly.Instance, name: string): WebAssembly.ExportedFunction {
  const found = exports[name];
  if (typeof found !== 'function') throw new Error(`the module exports no function ${name}`);
  return found;
}

/** WebAssembly's integers come signed. */
function unsigned(value: WebAssembly.Value): number {
  return Number(BigInt.asUintN(32, BigInt(value)));
}

function halves(value: WebAssembly.Value): { readonly high: number; readonly low: number } {
  return { high: unsigned(BigInt(value) >> 32n), low: unsigned(value) };
}
