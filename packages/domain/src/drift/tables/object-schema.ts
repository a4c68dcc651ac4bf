import type { Json } from '../../document/json.ts';

/** A scalar that the API server accepts in several spellings of one value. */
export type ScalarFormat = 'quantity' | 'int-or-string' | 'base64' | 'time' | 'duration';

/** How a list's elements are told apart: `atomic`, not at all; `set`, by their value; else by these fields of theirs. */
export type ListType = 'atomic' | 'set' | KeyedList;

export interface KeyedList {
  readonly keys: readonly string[];
  /** What the API server takes a key for that an element leaves out: `protocol: TCP`. */
  readonly defaults?: Readonly<Record<string, Json>>;
}

/**
 * What a comparison must know of a field; whatever is absent is ordinary: an object compared by field, a scalar by value.
 * A list without `list` is atomic. With `ref`, nothing else: the definition of that name holds.
 */
export interface FieldSchema {
  readonly ref?: string;
  /** Of an object with fixed fields. */
  readonly fields?: Readonly<Record<string, FieldSchema>>;
  /** Of a map, the schema of each value. */
  readonly values?: FieldSchema;
  /** Of a list, the schema of each element. */
  readonly items?: FieldSchema;
  readonly list?: ListType;
  readonly map?: 'atomic';
  readonly scalar?: ScalarFormat;
}

export interface ObjectSchemas {
  /** By the name that a `ref` gives. */
  readonly definitions: Readonly<Record<string, FieldSchema>>;
  /** By `group/version/Kind`; the core group is empty: `/v1/Pod`. */
  readonly kinds: Readonly<Record<string, FieldSchema>>;
}
