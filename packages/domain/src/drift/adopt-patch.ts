import { objectName } from '../desired-state/object-ref.ts';
import { isList } from '../document/is-list.ts';
import type { Json, JsonObject } from '../document/json.ts';
import type { DriftItem } from './drift-item.ts';
import { isNativeGroup } from './native-kinds.ts';
import { isMap } from './own-value.ts';
import { readPathText, type ReadStep } from './read-path-text.ts';

/** A strategic merge patch that makes Git say what is live. */
export type AdoptPatch =
  { readonly kind: 'patch'; readonly patch: JsonObject } | { readonly kind: 'refused'; readonly message: string; readonly fix: string };

/** What kustomize has to be told so that one difference is none any more. Refused where that would put a secret into Git, or where a patch can't say it. */
export function adoptPatch(item: DriftItem): AdoptPatch {
  const why = whyNot(item);
  if (why !== undefined)
    return { kind: 'refused', message: `${objectName(item.object)}${item.path} can't be adopted: ${why.reason}`, fix: why.fix };
  const { group, version, kind, namespace, name } = item.object;
  const head: JsonObject = {
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  };
  if (item.class === 'missing') return { kind: 'patch', patch: { ...head, $patch: 'delete' } };
  const body = nested(readPathText(item.path), item.live);
  return { kind: 'patch', patch: isMap(body) ? merged(head, body) : head };
}

interface WhyNot {
  readonly reason: string;
  readonly fix: string;
}

const bySource = 'change the files of the environment by a reviewed change, or reconcile it';

function whyNot(item: DriftItem): WhyNot | undefined {
  if (item.redacted === true || (item.object.group === '' && item.object.kind === 'Secret')) return bySecret;
  switch (item.class) {
    case 'secret':
      return bySecret;
    case 'extra':
      return { reason: 'no file has the object', fix: 'add a file for it by a reviewed change, or delete it' };
    case 'image':
      return { reason: 'images are what a release says', fix: 'promote a release that has this image, or reconcile it' };
    case 'missing':
      return undefined;
    case 'changed':
    case 'added-field':
      return whyUnpatchable(item);
  }
}

const bySecret: WhyNot = { reason: 'its value is a secret', fix: 'put the secret into its store, and reconcile the object' };

function whyUnpatchable({ object, path, live }: DriftItem): WhyNot | undefined {
  const steps = readPathText(path);
  if (steps.length === 0) return { reason: 'the whole object differs', fix: bySource };
  if (path.endsWith('/initContainers') && isList(live)) return { reason: 'a patch leaves the order of a list as it is', fix: bySource };
  if (steps.some(({ kind }) => kind === 'index' || kind === 'value')) return { reason: 'its list has no keys to patch by', fix: bySource };
  const inList = steps.some((step) => step.kind === 'element');
  return inList && !isNativeGroup(object.group)
    ? { reason: 'a patch would replace the whole list of a custom kind', fix: bySource }
    : undefined;
}

/** Absent: it is taken away. */
function nested([step, ...rest]: readonly ReadStep[], live: Json | undefined): Json {
  if (step === undefined) return live ?? null;
  if (step.kind === 'field') return { [step.name]: nested(rest, live) };
  if (step.kind !== 'element') return null;
  if (rest.length > 0) {
    const within = nested(rest, live);
    return [{ ...step.keys, ...(isMap(within) ? within : {}) }];
  }
  return [isMap(live) ? { ...step.keys, ...live } : { ...step.keys, $patch: 'delete' }];
}

/** `metadata` is on both sides. */
function merged(head: JsonObject, body: JsonObject): JsonObject {
  const [named, more] = [head['metadata'], body['metadata']];
  const metadata = { ...(isMap(named) ? named : {}), ...(isMap(more) ? more : {}) };
  return { ...head, ...body, metadata };
}
