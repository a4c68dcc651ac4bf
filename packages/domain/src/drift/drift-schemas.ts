import type { ApiDefault } from './tables/api-default.ts';
import type { ObjectSchemas } from './tables/object-schema.ts';

/** What the API server adds, by `group/Kind`; the core group is empty: `/Service`. */
export type ApiDefaults = Readonly<Record<string, readonly ApiDefault[]>>;

export interface DriftSchemas extends ObjectSchemas {
  /** Of kinds whose schema says so itself, by `group/version/Kind`: versions have defaults of their own. */
  readonly defaults?: ApiDefaults;
}

/** Both; where they know the same kind, the first does. */
export function mergeSchemas(first: DriftSchemas, second: DriftSchemas): DriftSchemas {
  return {
    definitions: { ...second.definitions, ...first.definitions },
    kinds: { ...second.kinds, ...first.kinds },
    defaults: { ...second.defaults, ...first.defaults },
  };
}
