export * from './options.ts';
export * from './renderer-versions.ts';
export * from './wasm-renderer.ts';
