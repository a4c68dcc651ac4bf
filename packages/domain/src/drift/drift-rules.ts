import type { EnvironmentId } from '../environment/environment-id.ts';
import type { JsonObject } from '../document/json.ts';
import { accountsOf, type Accounts } from './accounted-objects.ts';
import { autoscalersOf, type Autoscaler } from './autoscaler.ts';
import type { DeclaredMutation } from './declared-mutation.ts';
import { kindPlans, type KindPlans } from './kind-plans.ts';
import type { IgnoreRule } from './ignore-rule.ts';
import type { ApiDefaults, DriftSchemas } from './drift-schemas.ts';
import { apiDefaults } from './tables/api-defaults.ts';

/** What a comparison goes by, besides the objects. */
export interface DriftSettings {
  readonly environment: EnvironmentId;
  readonly target: string;
  /** Of the built-in kinds and of the cluster's own: `mergeSchemas(builtInSchemas, customSchemas(…))`. */
  readonly schemas: DriftSchemas;
  /** What the API server adds by itself to built-in kinds; absent: as recorded of the one that the tables were made from. */
  readonly defaults?: ApiDefaults;
  /** Whose additions are no drift where only a foreign manager's are: `trustedManagersOf(controller)`. */
  readonly trustedManagers: readonly string[];
  /** Namespaces where an object without an owner that isn't desired is `extra`. */
  readonly ownedNamespaces: readonly string[];
  readonly ignore: readonly IgnoreRule[];
  readonly declared: readonly DeclaredMutation[];
  /** A keyed hash: what is shown in place of a secret. */
  readonly hashSecret: (value: string) => string;
  /** What else there is to know of the desired objects; absent: `compareEnvironment` sees to it, `compareObject` goes without. */
  readonly desired?: readonly JsonObject[];
  /** Absent: those of `desired`. */
  readonly autoscalers?: readonly Autoscaler[];
  /** Where the controller puts objects that name no namespace. */
  readonly namespace?: string;
}

/** Settings, and what is worked out of them once. Make it once per target, not per object. */
export interface DriftRules extends DriftSettings {
  readonly plans: KindPlans;
  readonly trusted: ReadonlySet<string>;
  readonly accounts: Accounts;
  readonly autoscalers: readonly Autoscaler[];
}

export function driftRules(settings: DriftSettings): DriftRules {
  const { schemas, defaults = apiDefaults, desired = [], trustedManagers, autoscalers = autoscalersOf(desired) } = settings;
  return {
    ...settings,
    plans: kindPlans(schemas, defaults),
    trusted: new Set(trustedManagers),
    accounts: accountsOf(desired),
    autoscalers,
  };
}

/** The same for what is desired now; nothing that was worked out of the schemas is lost. */
export function withDesired(rules: DriftRules, desired: readonly JsonObject[]): DriftRules {
  return { ...rules, desired, accounts: accountsOf(desired), autoscalers: [...rules.autoscalers, ...autoscalersOf(desired)] };
}
