import type { ObjectRef } from '../desired-state/object-ref.ts';
import { defaultTree } from './default-tree.ts';
import type { ApiDefaults, DriftSchemas } from './drift-schemas.ts';
import { FieldPlan } from './field-plan.ts';
import { isNativeGroup } from './native-kinds.ts';
import type { ApiDefault } from './tables/api-default.ts';

type KindOf = Pick<ObjectRef, 'group' | 'version' | 'kind'>;

/** How objects of a kind are compared. */
export type KindPlans = (kind: KindOf) => FieldPlan;

/** Plans are worked out when their kind is first met: of hundreds of kinds, an environment has a dozen. */
export function kindPlans(schemas: DriftSchemas, defaults: ApiDefaults): KindPlans {
  const plans = new Map<string, FieldPlan>();
  return (kind) => {
    const key = `${kind.group}/${kind.version}/${kind.kind}`;
    const known = plans.get(key);
    if (known !== undefined) return known;
    const plan = planOf(kind, schemas, defaults);
    plans.set(key, plan);
    return plan;
  };
}

function planOf({ group, version, kind }: KindOf, schemas: DriftSchemas, defaults: ApiDefaults): FieldPlan {
  const known = knownName({ group, version, kind }, schemas.kinds);
  const rules = [...own(defaults, `${group}/${kind}`), ...(known === undefined ? [] : own(schemas.defaults ?? {}, known))];
  return new FieldPlan(
    { group, kind, native: isNativeGroup(group), definitions: schemas.definitions },
    {
      schema: known === undefined ? undefined : schemas.kinds[known],
      defaults: [defaultTree(rules)],
      place: 'root',
      skipped: false,
      stamp: false,
      dropsZero: false,
      dropsText: false,
      guarded: false,
      guardsBelow: false,
      ordered: false,
      free: false,
    },
  );
}

function own(by: ApiDefaults, name: string): readonly ApiDefault[] {
  return Object.hasOwn(by, name) ? (by[name] ?? []) : [];
}

/** Of the version; else of another one, whose lists mostly have the same keys. */
function knownName({ group, version, kind }: KindOf, kinds: DriftSchemas['kinds']): string | undefined {
  const exact = `${group}/${version}/${kind}`;
  if (Object.hasOwn(kinds, exact)) return exact;
  return Object.keys(kinds).find((name) => name.startsWith(`${group}/`) && name.endsWith(`/${kind}`));
}
