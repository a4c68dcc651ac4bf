import { type MessagePort } from 'node:worker_threads';
import { type Want } from './look.ts';

export type ToWorker =
  | {
      readonly kind: 'start';
      readonly module: WebAssembly.Module;
      readonly softMemoryBytes: number;
      /** Where answers to `look` arrive: the worker reads it while it is blocked, when its event loop can't. */
      readonly answers: MessagePort;
      /** One Int32, not 0 while an answer waits on that port. */
      readonly bell: SharedArrayBuffer;
    }
  | { readonly kind: 'render'; readonly order: Uint8Array };

export type FromWorker =
  | { readonly kind: 'look'; readonly path: string; readonly want: Want }
  | { readonly kind: 'answered'; readonly answer: Uint8Array; readonly memoryPages: number }
  /** The instance exited or trapped and is gone. */
  | { readonly kind: 'died'; readonly message: string; readonly lastWords: string };
