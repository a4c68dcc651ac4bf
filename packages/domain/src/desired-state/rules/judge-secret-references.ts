import type { JsonObject } from '../../document/json.ts';
import type { ProvidedSecret } from '../../profile/profile.ts';
import { objectName } from '../object-ref.ts';
import type { ObjectFault } from './object-fault.ts';
import { mayProduce, secretProducers, type SecretProducer } from './secret-producers.ts';
import { secretReferences, type SecretReference } from './secret-references.ts';

export interface JudgedReferences {
  readonly faults: readonly ObjectFault[];
  /** Secrets that another object names, which may or may not make them. */
  readonly unknown: readonly { readonly name: string; readonly kinds: readonly string[] }[];
}

const without = {
  'pods-do-not-start': { severity: 'error', because: 'its pods will not start' },
  'images-are-not-pulled': { severity: 'warning', because: 'its images may not be pulled' },
  'tls-is-not-served': { severity: 'warning', because: 'it will not be served with its certificate' },
} as const satisfies Readonly<Record<SecretReference['weight'], { readonly severity: 'error' | 'warning'; readonly because: string }>>;

/** Whether each Secret that something needs is made by something that is rendered, or declared to be provided by others. Each is said once. */
export function judgeSecretReferences(objects: readonly JsonObject[], provided: readonly ProvidedSecret[]): JudgedReferences {
  const made: readonly SecretProducer[] = [
    ...secretProducers(objects),
    ...provided.map(({ name, namespace }) => ({ name, ...(namespace === undefined ? {} : { namespace }) })),
  ];
  const missing = new Map<string, SecretReference>();
  for (const reference of secretReferences(objects)) {
    const key = `${reference.object.namespace ?? ''}/${reference.name}`;
    const graver = missing.get(key)?.weight !== 'pods-do-not-start' && reference.weight === 'pods-do-not-start';
    if (!made.some((producer) => makes(producer, reference)) && (graver || !missing.has(key))) missing.set(key, reference);
  }
  const judged = [...missing.values()].map((reference) => ({ reference, kinds: mayProduce(objects, reference.name) }));
  return {
    faults: judged.flatMap(({ reference, kinds }) => (kinds.length === 0 ? [faultOf(reference)] : [])),
    unknown: judged.flatMap(({ reference, kinds }) => (kinds.length === 0 ? [] : [{ name: reference.name, kinds }])),
  };
}

/** An object without a namespace goes to the one that the controller has, so that it fits any. */
function makes(producer: SecretProducer, { name, object }: SecretReference): boolean {
  const named = producer.name.endsWith('*') ? name.startsWith(producer.name.slice(0, -1)) : producer.name === name;
  return named && (producer.namespace === undefined || object.namespace === undefined || producer.namespace === object.namespace);
}

function faultOf({ object, path, name, weight }: SecretReference): ObjectFault {
  const { severity, because } = without[weight];
  return {
    rule: 'secret-producer-missing',
    severity,
    object,
    path,
    message: `${objectName(object)} needs the Secret ${name}, and nothing that is rendered makes it: ${because}`,
    fix: `add an ExternalSecret for it, or declare who provides it: providedSecrets: [{ name: ${name}, by: … }] in the profile`,
  };
}
