import { fieldAt, listAt, textAt } from '../../document/json-field.ts';
import type { Json, JsonObject } from '../../document/json.ts';
import { isList } from '../../document/is-list.ts';
import { isMap } from '../../drift/own-value.ts';
import { objectRefOf } from '../object-ref-of.ts';

/** What makes Secrets. `name` ends with `*` where only its beginning is known; without `namespace` anywhere. */
export interface SecretProducer {
  readonly name: string;
  readonly namespace?: string;
}

type NamesOf = (object: JsonObject) => readonly (string | undefined)[];

const own = (object: JsonObject): string => textAt(object, 'metadata', 'name') ?? '';
const at =
  (...path: readonly string[]): NamesOf =>
  (object) => [textAt(object, ...path)];
const begins =
  (...ends: readonly string[]): NamesOf =>
  (object) =>
    ends.map((end) => `${own(object)}${end}`);

/** By `group/Kind`: the names of the Secrets that one makes. */
const producers: Readonly<Record<string, NamesOf>> = {
  '/Secret': (object) => [own(object)],
  'external-secrets.io/ExternalSecret': (object) => {
    const merges = ['Merge', 'None'].includes(textAt(object, 'spec', 'target', 'creationPolicy') ?? '');
    return merges ? [] : [textAt(object, 'spec', 'target', 'name') ?? own(object)];
  },
  'bitnami.com/SealedSecret': (object) => [textAt(object, 'spec', 'template', 'metadata', 'name') ?? own(object)],
  'cert-manager.io/Certificate': at('spec', 'secretName'),
  'isindir.github.com/SopsSecret': (object) => listAt(object, 'spec', 'secretTemplates').map((template) => textAt(template, 'name')),
  'secrets.hashicorp.com/VaultStaticSecret': at('spec', 'destination', 'name'),
  'secrets.hashicorp.com/VaultDynamicSecret': at('spec', 'destination', 'name'),
  'secrets.hashicorp.com/VaultPKISecret': at('spec', 'destination', 'name'),
  'ricoberger.de/VaultSecret': (object) => [own(object)],
  'secrets-store.csi.x-k8s.io/SecretProviderClass': (object) =>
    listAt(object, 'spec', 'secretObjects').map((one) => textAt(one, 'secretName')),
  'onepassword.com/OnePasswordItem': (object) => [own(object)],
  'k8s.bitwarden.com/BitwardenSecret': at('spec', 'secretName'),
  'secrets.infisical.com/InfisicalSecret': (object) => [
    textAt(object, 'spec', 'managedSecretReference', 'secretName'),
    ...listAt(object, 'spec', 'managedKubeSecretReferences').map((one) => textAt(one, 'secretName')),
  ],
  'secrets.doppler.com/DopplerSecret': at('spec', 'managedSecret', 'name'),
  'spv.no/AzureKeyVaultSecret': at('spec', 'output', 'secret', 'name'),
  'kafka.strimzi.io/KafkaUser': (object) => [textAt(object, 'spec', 'template', 'secret', 'metadata', 'name') ?? own(object)],
  'kafka.strimzi.io/Kafka': begins('-cluster-ca-cert', '-clients-ca-cert'),
  'postgresql.cnpg.io/Cluster': begins('-app', '-superuser', '-ca', '-server', '-replication'),
  'acid.zalan.do/postgresql': (object) =>
    Object.keys(mapOf(fieldAt(object, 'spec', 'users'))).map(
      (user) => `${user.replaceAll('_', '-')}.${own(object)}.credentials.postgresql.acid.zalan.do`,
    ),
  'postgres-operator.crunchydata.com/PostgresCluster': begins('-pguser-*', '-cluster-cert'),
  'rabbitmq.com/RabbitmqCluster': begins('-default-user', '-erlang-cookie'),
  'rabbitmq.com/User': begins('-user-credentials'),
  'elasticsearch.k8s.elastic.co/Elasticsearch': begins('-es-*'),
  'kibana.k8s.elastic.co/Kibana': begins('-kb-*'),
  'mongodbcommunity.mongodb.com/MongoDBCommunity': begins('-*'),
};

/** Every Secret that the rendered objects make, each in its namespace. */
export function secretProducers(objects: readonly JsonObject[]): readonly SecretProducer[] {
  return objects.flatMap((object) => {
    const { group, kind, namespace } = objectRefOf(object);
    const names = (producers[`${group}/${kind}`]?.(object) ?? []).filter((name) => name !== undefined && name !== '');
    const made = names.map((name): SecretProducer => ({ name: name ?? '', ...(namespace === undefined ? {} : { namespace }) }));
    return [...made, ...clusterWide(object, `${group}/${kind}`), ...connectionSecret(object, namespace)];
  });
}

function clusterWide(object: JsonObject, kind: string): readonly SecretProducer[] {
  if (kind !== 'external-secrets.io/ClusterExternalSecret') return [];
  const name =
    textAt(object, 'spec', 'externalSecretSpec', 'target', 'name') ?? textAt(object, 'spec', 'externalSecretName') ?? own(object);
  return [{ name }];
}

/** Crossplane's way, for any kind. */
function connectionSecret(object: JsonObject, namespace: string | undefined): readonly SecretProducer[] {
  const reference = fieldAt(object, 'spec', 'writeConnectionSecretToRef');
  const name = textAt(reference, 'name');
  const where = textAt(reference, 'namespace') ?? namespace;
  return name === undefined ? [] : [{ name, ...(where === undefined ? {} : { namespace: where }) }];
}

const builtIn = /^$|^(?:apps|batch|autoscaling|policy|extensions)$|\.k8s\.io$/;

/** Kinds of others that hold the name somewhere: whether one of them makes the Secret, nobody but it knows. A Job may, by an argument. */
export function mayProduce(objects: readonly JsonObject[], name: string): readonly string[] {
  const kinds = objects.flatMap((object) => {
    const { group, kind } = objectRefOf(object);
    const known = Object.hasOwn(producers, `${group}/${kind}`);
    const judged = (!builtIn.test(group) && !known) || (group === 'batch' && kind === 'Job');
    return judged && holds(object, name) ? [kind] : [];
  });
  return [...new Set(kinds)].toSorted();
}

function holds(value: Json, name: string): boolean {
  if (typeof value === 'string') return value === name || value.endsWith(`=${name}`);
  if (typeof value !== 'object' || value === null) return false;
  return (isList(value) ? value : Object.values(value)).some((part) => holds(part, name));
}

function mapOf(value: Json | undefined): JsonObject {
  return isMap(value) ? value : {};
}
