export * from './sigstore-attestor.ts';
