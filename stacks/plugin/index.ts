/** Serves a {@link Provider} to Terraform, by plugin protocol 6. */
export * from './contract.ts';
export type { Log } from './log.ts';
export { type ServeOptions, serve } from './serve.ts';
export { runSpawned } from './spawned/run.ts';
