import { branches, type DefaultTree } from './default-tree.ts';
import { isSkipped, isStamp, placeOf, type FieldPlace } from './field-place.ts';
import { isDroppedZero, isFreeMap, isKeptText } from './native-kinds.ts';
import { objectMetaSchema } from './object-meta-schema.ts';
import type { ApiDefault } from './tables/api-default.ts';
import type { FieldSchema, ListType, ScalarFormat } from './tables/object-schema.ts';
import { isGuarded, isOrderedList, isUnitList } from './guarded-fields.ts';

/** What all fields of a kind share. */
export interface PlannedKind {
  readonly group: string;
  readonly kind: string;
  /** Passes through the API server's Go types. */
  readonly native: boolean;
  readonly definitions: Readonly<Record<string, FieldSchema>>;
}

interface Seed {
  readonly schema: FieldSchema | undefined;
  readonly defaults: readonly DefaultTree[];
  readonly place: FieldPlace;
  readonly skipped: boolean;
  readonly stamp: boolean;
  readonly dropsZero: boolean;
  readonly dropsText: boolean;
  readonly guarded: boolean;
  readonly guardsBelow: boolean;
  readonly ordered: boolean;
  readonly free: boolean;
}

const mostFields = 1000;

/** A field of a kind and all that a comparison must know of it, worked out once: schema, defaults, what an addition counts for. A class, since V8 walks
 *  it for every field of every object: one shape, grown as fields are met. */
export class FieldPlan {
  readonly list: ListType;
  readonly atomicMap: boolean;
  readonly scalar: ScalarFormat | undefined;
  /** Its keys are data, not fields. */
  readonly free: boolean;
  readonly native: boolean;
  readonly skipped: boolean;
  /** By which a controller knows an object for its own: skipped, unless somebody else wrote it. */
  readonly stamp: boolean;
  /** Of a keyed list: the order of its elements says something. */
  readonly ordered: boolean;
  /** Zero, or empty text, may be left out live. */
  readonly dropsZero: boolean;
  readonly dropsText: boolean;
  /** What is added here is drift whoever did it. */
  readonly guarded: boolean;
  readonly defaults: readonly ApiDefault[];
  readonly defaultsBelow: boolean;
  readonly #kind: PlannedKind;
  readonly #schema: FieldSchema;
  readonly #seed: Seed;
  readonly #children = new Map<string, FieldPlan>();
  #unnamed: FieldPlan | undefined;
  #element: FieldPlan | undefined;

  constructor(kind: PlannedKind, seed: Seed) {
    const schema = resolved(seed.schema ?? {}, kind);
    this.list = schema.list ?? 'atomic';
    this.atomicMap = schema.map === 'atomic';
    this.scalar = schema.scalar;
    this.free = seed.free || schema.values !== undefined;
    this.native = kind.native;
    this.skipped = seed.skipped;
    this.stamp = seed.stamp;
    this.ordered = seed.ordered;
    this.dropsZero = seed.dropsZero;
    this.dropsText = seed.dropsText;
    this.guarded = seed.guarded;
    this.defaults = seed.defaults.flatMap(({ here }) => here);
    this.defaultsBelow = seed.defaults.some(({ children, any }) => children.size > 0 || any !== undefined);
    this.#kind = kind;
    this.#schema = schema;
    this.#seed = seed;
  }

  child(key: string): FieldPlan {
    return this.#children.get(key) ?? this.#grow(key);
  }

  /** Of each element of a list. */
  element(): FieldPlan {
    this.#element ??= new FieldPlan(this.#kind, {
      ...this.#seed,
      schema: this.#schema.items,
      defaults: branches(this.#seed.defaults, '*'),
    });
    return this.#element;
  }

  #grow(key: string): FieldPlan {
    const { fields = {} } = this.#schema;
    const known = Object.hasOwn(fields, key);
    if (!known && !this.#isSpecial(key)) return (this.#unnamed ??= new FieldPlan(this.#kind, this.#seedOf('', this.#schema.values)));
    const plan = new FieldPlan(this.#kind, this.#seedOf(key, known ? fields[key] : this.#schema.values));
    this.#children.set(key, plan);
    return plan;
  }

  /** Worth a plan of its own: the keys of data are without number, the fields of a native kind aren't. */
  #isSpecial(key: string): boolean {
    const { place, defaults } = this.#seed;
    if (this.native && !this.free && this.#children.size < mostFields) return true;
    if (isSkipped(place, key) || defaults.some(({ children }) => children.has(key))) return true;
    return !this.free && (place === 'root' || placeOf(place, key) !== place || isUnitList(key) || isGuarded(key, this.#kind));
  }

  #seedOf(key: string, schema: FieldSchema | undefined): Seed {
    const { place: around, defaults, guardsBelow } = this.#seed;
    const place = placeOf(around, key);
    const isField = !this.free && place === 'body';
    const guards = guardsBelow || (isField && isGuarded(key, this.#kind));
    return {
      schema: place === 'object-metadata' ? objectMetaSchema : schema,
      defaults: branches(defaults, key),
      place,
      skipped: isSkipped(around, key),
      stamp: isStamp(around, key),
      ...this.#drops(key),
      guarded: guards || (isField && isUnitList(key)),
      guardsBelow: guards,
      ordered: isField && isOrderedList(key),
      free: !this.free && this.native && isFreeMap(key, this.#kind.kind),
    };
  }

  #drops(key: string): Pick<Seed, 'dropsZero' | 'dropsText'> {
    const drops = this.native && !this.free;
    return { dropsZero: drops && isDroppedZero(key), dropsText: drops && !isKeptText(key) };
  }
}

/** A definition that names another leads there; one that leads nowhere, or round, says nothing. */
function resolved(schema: FieldSchema, { definitions }: PlannedKind): FieldSchema {
  let found = schema;
  for (let steps = 0; found.ref !== undefined; steps += 1) {
    const next = Object.hasOwn(definitions, found.ref) ? definitions[found.ref] : undefined;
    if (next === undefined || steps > 10) return {};
    found = next;
  }
  return found;
}
