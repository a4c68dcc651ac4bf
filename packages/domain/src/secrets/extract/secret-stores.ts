import { isPlaceholder } from '../placeholder.ts';
import { isPublicMaterial } from '../public-material.ts';
import { ownerOf, textOf, type Extractor } from '../scan-hit.ts';
import type { ObjectLeaves, PlacedLeaf } from '../object-leaves.ts';

interface LiteralField {
  readonly kind: RegExp;
  /** Of the place inside the object. */
  readonly place: RegExp;
}

/** The fields of the External Secrets Operator and its relatives that take a value where a reference belongs. */
const literalFields: readonly LiteralField[] = [
  { kind: /^(?:Cluster)?SecretStore$/, place: /^spec\/provider\/fake\/data\/\d+\/(?:value$|valueMap\/)/ },
  { kind: /^(?:Cluster)?SecretStore$/, place: /^spec\/provider\/scaleway\/(?:accessKey|secretKey)\/value$/ },
  { kind: /^(?:Cluster)?SecretStore$/, place: /^spec\/provider\/delinea\/(?:clientId|clientSecret)\/value$/ },
  { kind: /^(?:Cluster)?SecretStore$/, place: /^spec\/provider\/secretserver\/(?:username|password|token)\/value$/ },
  {
    kind: /^(?:Cluster)?SecretStore$/,
    place: /^spec\/provider\/beyondtrust\/auth\/(?:apiKey|clientId|clientSecret|certificate|certificateKey)\/value$/,
  },
  {
    kind: /^(?:Cluster)?SecretStore$/,
    place: /^spec\/provider\/webhook\/headers\/(?:authorization|.*(?:token|key|secret|password|cookie).*)$/i,
  },
  { kind: /^Fake$/, place: /^spec\/data\// },
  { kind: /^ClusterGenerator$/, place: /^spec\/generator\/fakeSpec\/data\// },
  {
    kind: /^(?:Webhook|ClusterGenerator)$/,
    place: /^spec\/(?:generator\/webhookSpec\/)?headers\/(?:authorization|.*(?:token|key|secret|password|cookie).*)$/i,
  },
  { kind: /^SecretProviderClass$/, place: /^spec\/parameters\/.*(?:clientsecret|password|secretkey|accesskey|token|privatekey)$/i },
  {
    kind: /^Vault(?:Auth|Connection|StaticSecret|DynamicSecret)$/,
    place: /^spec\/(?:headers\/x-vault-token|.*\/(?:secretid|token|password))$/i,
  },
];

const templated = /^(?:Cluster)?ExternalSecret$|^(?:Cluster)?PushSecret$/;
const templateField = /(?:^|\/)template\/(?:data\/[^/]+|templateFrom\/\d+\/literal)$/;

/** Values that stand where a store or a template takes references. */
export const secretStores: Extractor = ({ objects }) =>
  objects.filter(isOfStore).flatMap((object) =>
    object.leaves
      .filter((placed) => isLiteralField(object, placed) || isTemplateLiteral(object, placed))
      .map(({ leaf, rest }) => ({
        rule: 'S05',
        leaf,
        message: `${ownerOf(object)} holds ${rest
          .filter((step) => typeof step === 'string')
          .slice(-2)
          .join('.')} in clear`,
        object,
      })),
  );

const groups = /(?:^|\.)external-secrets\.io$|^secrets-store\.csi\.x-k8s\.io$|^secrets\.hashicorp\.com$/;

/** Values are judged here, by field, and by no other rule of names. */
export function isOfStore({ group }: ObjectLeaves): boolean {
  return groups.test(group);
}

function isLiteralField({ kind }: ObjectLeaves, { leaf, place }: PlacedLeaf): boolean {
  return literalFields.some((field) => field.kind.test(kind) && field.place.test(place)) && isClear(textOf(leaf));
}

function isClear(text: string): boolean {
  return text.trim() !== '' && !text.includes('{{') && !isPlaceholder(text) && !isPublicMaterial(text);
}

/** A template makes text of references; what has none of them, and no line of settings either, is the value itself. */
function isTemplateLiteral({ kind }: ObjectLeaves, { leaf, place, rest }: PlacedLeaf): boolean {
  if (!templated.test(kind) || !templateField.test(place)) return false;
  const text = textOf(leaf);
  if (text.includes('{{')) return false;
  return isClear(text) && (hasSecretName(String(rest.at(-1))) || /(?:pass\w*|token|secret|key)["']?\s*[:=]\s*["']?[^\s"'{]{4}/i.test(text));
}

function hasSecretName(name: string): boolean {
  return /pass|pwd|secret|token|key|cred|auth/i.test(name);
}
