import { generatorOf } from '../desired-state/generator-successors.ts';
import { objectRefOf } from '../desired-state/object-ref-of.ts';
import { objectKey, type ObjectRef } from '../desired-state/object-ref.ts';
import type { JsonObject } from '../document/json.ts';
import { creatorOf, ownersOf } from './field-owners.ts';
import { isMap, ownValue } from './own-value.ts';
import { isDeliverer } from './trusted-managers.ts';

/** What of the desired state accounts for objects that it doesn't have itself. */
export interface Accounts {
  /** Of kustomize, whose objects get another name with another content; the one before stays until it is pruned. */
  readonly generators: ReadonlySet<string>;
  /** Objects by which a controller delivers others: `HelmRelease shop/cache`, `Application cache`. */
  readonly deliverers: ReadonlySet<string>;
  /** What of the desired objects has only the beginning of a name, as `group/kind/namespace/beginning`. */
  readonly beginnings: ReadonlySet<string>;
}

export function accountsOf(desired: readonly JsonObject[]): Accounts {
  const refs = desired.map(objectRefOf);
  return {
    generators: new Set(refs.flatMap((ref) => generatorOf(ref) ?? [])),
    deliverers: new Set(refs.flatMap(delivererOf)),
    beginnings: new Set(desired.flatMap(beginningOf)),
  };
}

/** Of whatever namespace, where it names none. */
function beginningOf(object: JsonObject): readonly string[] {
  const { name, ...ref } = objectRefOf(object);
  const beginning = textOf(object, 'generateName');
  return name !== '' || beginning === '' ? [] : [objectKey({ ...ref, name: beginning })];
}

function delivererOf({ group, kind, namespace, name }: ObjectRef): readonly string[] {
  if (group === 'argoproj.io' && kind === 'Application') return [`Application ${name}`];
  const delivers = group === `${tools[kind] ?? ''}.toolkit.fluxcd.io`;
  return delivers ? [`${kind} ${namespace ?? ''}/${name}`] : [];
}

const tools: Readonly<Record<string, string>> = { HelmRelease: 'helm', Kustomization: 'kustomize' };

/** Whether a controller made the object because of something desired. Labels are easily put on, so its creator must be one that we trust. */
export function isAccountedFor(live: JsonObject, { generators, deliverers, beginnings }: Accounts, trusted: ReadonlySet<string>): boolean {
  if (!isMadeByTrusted(live, trusted)) return false;
  const ref = objectRefOf(live);
  const { namespace: _namespace, ...anywhere } = { ...ref, name: textOf(live, 'generateName') };
  const begun = [{ ...ref, name: anywhere.name }, anywhere].some((one) => beginnings.has(objectKey(one)));
  return begun || generators.has(generatorOf(ref) ?? '') || deliveredBy(live).some((deliverer) => deliverers.has(deliverer));
}

/** An entry's time is that of its manager's last write: where the controller wrote again, the first entry that is left is not the creator's. */
function isMadeByTrusted(live: JsonObject, trusted: ReadonlySet<string>): boolean {
  const creator = creatorOf(live);
  if (creator === undefined || trusted.has(creator.manager)) return creator !== undefined;
  const created = Date.parse(textOf(live, 'creationTimestamp'));
  const isLater = Date.parse(creator.time ?? '') > created;
  return isLater && ownersOf(live, []).some(({ manager }) => trusted.has(manager) && isDeliverer(manager));
}

function deliveredBy(live: JsonObject): readonly string[] {
  const flux = Object.entries(tools).map(([kind, tool]) => {
    const [namespace, name] = ['namespace', 'name'].map((part) => textIn(live, 'labels', `${tool}.toolkit.fluxcd.io/${part}`));
    return `${kind} ${namespace ?? ''}/${name ?? ''}`;
  });
  const [application = ''] = textIn(live, 'annotations', 'argocd.argoproj.io/tracking-id').split(':');
  const instance = textIn(live, 'labels', 'app.kubernetes.io/instance');
  return [...flux, `Application ${application.slice(application.lastIndexOf('_') + 1)}`, `Application ${instance}`];
}

function textOf(object: JsonObject, field: string): string {
  const metadata = ownValue(object, 'metadata');
  const text = isMap(metadata) ? ownValue(metadata, field) : undefined;
  return typeof text === 'string' ? text : '';
}

function textIn(live: JsonObject, field: 'labels' | 'annotations', key: string): string {
  const metadata = ownValue(live, 'metadata');
  const texts = isMap(metadata) ? ownValue(metadata, field) : undefined;
  const text = isMap(texts) ? ownValue(texts, key) : undefined;
  return typeof text === 'string' ? text : '';
}
