/** The part that we use of a global that neither `es2023` nor Node's types declare. */
declare namespace WebAssembly {
  type Value = number | bigint;
  type ExportedFunction = (...args: readonly Value[]) => Value | undefined;
  type Imports = Readonly<Record<string, Readonly<Record<string, (...args: never[]) => Value | undefined>>>>;

  class Module {
    readonly [Symbol.toStringTag]: string;
    static imports(module: Module): readonly { readonly module: string; readonly name: string }[];
  }
  class Memory {
    /** Replaced whenever the memory grows. */
    readonly buffer: ArrayBuffer;
  }
  class Instance {
    constructor(module: Module, imports: Imports);
    readonly exports: Readonly<Record<string, Memory | ExportedFunction>>;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
}
