export * from './thread-evaluator.ts';
