import type { Json, JsonObject } from '../../document/json.ts';

/** Steps from an object's root; `*` is any element of a list or any key of a map. */
export type FieldPath = readonly string[];

/**
 * A field that the API server adds by itself to an object that leaves it out, and what it then holds. Where a path has several, each is one.
 * A path that ends in `*` speaks of a whole element that the server adds to a list.
 */
export type ApiDefault = FixedDefault | SimilarDefault | CopiedDefault | AllocatedDefault;

interface AddedField {
  readonly path: FieldPath;
  /** Only then; absent: whenever the field is left out. */
  readonly when?: DefaultCondition;
}

/** Always this value. */
export interface FixedDefault extends AddedField {
  readonly value: Json;
}

/** An object like this one, in all but the fields of it that are allocated: the token volume of a pod, under a generated name. */
export interface SimilarDefault extends AddedField {
  readonly like: JsonObject;
  readonly allocated: readonly string[];
}

/** The value of another field of the object. Its `*` stand for the same elements as those of `path`, from the left. */
export interface CopiedDefault extends AddedField {
  readonly sameAs: FieldPath;
}

/** Another value for each object: a cluster address, a port, a generated name. */
export interface AllocatedDefault extends AddedField {
  readonly any: true;
}

/** What another field of the object must be; its `*` stand for the same elements as those of the default's path. */
export type DefaultCondition =
  | { readonly path: FieldPath; readonly oneOf: readonly Json[] }
  | { readonly path: FieldPath; readonly absent: true }
  | { readonly path: FieldPath; readonly present: true }
  /** As the API server chooses a pull policy: `latest` by tag, or with neither tag nor digest. */
  | { readonly path: FieldPath; readonly imageTag: 'latest' | 'other' };
