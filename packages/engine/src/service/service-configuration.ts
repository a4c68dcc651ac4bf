import type { Control, Digest, Environment, Problem, Profile, ResolvedPolicy, Service, ValidationPhase } from '@fairlead/domain';

/** A service root's documents. `root` is its folder, '' for the repository's top. */
export interface ServiceConfiguration {
  readonly kind: 'ok';
  readonly root: string;
  readonly service: Service;
  readonly environments: readonly Environment[];
  readonly profiles: readonly Profile[];
  readonly policy: ResolvedPolicy;
  /** Each after those that it names. */
  readonly phases: readonly ValidationPhase[];
  /** What protects the service today; none where no register says. */
  readonly controls: readonly Control[];
  /** Over all documents that decide: names the configuration that a decision used. */
  readonly digest: Digest;
}

export type LoadedService =
  ServiceConfiguration | { readonly kind: 'invalid'; readonly root: string; readonly problems: readonly Problem[] };
