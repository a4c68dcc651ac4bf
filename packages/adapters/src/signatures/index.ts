export * from './sigstore-attestor.ts';
export * from './sign-release.ts';
export * from './signing-key.ts';
