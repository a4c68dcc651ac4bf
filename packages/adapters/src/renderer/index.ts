export * from './options.ts';
export * from './wasm-renderer.ts';
