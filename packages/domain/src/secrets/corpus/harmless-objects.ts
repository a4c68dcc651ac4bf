import type { CorpusCase } from './corpus-case.ts';
import { certificate, inBase64, indented, sealedValue, sopsBlock, sopsValue } from './made-values.ts';

const secret = (rest: string): string => `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\n${rest}`;
const passes = (row: string, text: string, path = 'x.yaml'): CorpusCase => ({ row, path, text, found: [] });
const container = (rest: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: a, ${rest} }] } } }\n`;

/** Objects that name secrets, or hold what is none. */
export const harmlessObjects: readonly CorpusCase[] = [
  passes('a Secret without data', secret('')),
  passes('empty values', secret('data: { p: "", q: }\nstringData: { r: "" }\n')),
  passes(
    'a Secret that a controller fills',
    secret('type: kubernetes.io/service-account-token\n').replace(
      '{ name: db }',
      '{ name: db, annotations: { kubernetes.io/service-account.name: x } }',
    ),
  ),
  passes('an encrypted Secret', secret(`stringData: { p: "${sopsValue}", q: "" }\n${sopsBlock}`)),
  passes('an encrypted file in base64', secret(`data: { p: ${inBase64(`a: ${sopsValue}\n${sopsBlock}`)} }\n`)),
  passes(
    'an encrypted JSON file in base64',
    secret(`data: { p: ${inBase64(JSON.stringify({ data: sopsValue, sops: { mac: sopsValue, version: '3.13.0' } }, null, 2))} }\n`),
  ),
  passes(
    'encrypted values',
    `auth: { password: "${sopsValue}", size_unencrypted: 3 }\n# #ENC[AES256_GCM,data:x]\n${sopsBlock}`,
    'values.yaml',
  ),
  passes(
    'an encrypted dotenv file',
    `DB_PASSWORD=${sopsValue}\nsops_mac=${sopsValue}\nsops_age__list_0__map_enc=xyz\nsops_version=3.13.0\n`,
    'prod.env',
  ),
  passes('an encrypted INI file', `[db]\npassword = ${sopsValue}\n\n[sops]\nmac = ${sopsValue}\nversion = 3.13.0\n`, 'prod.ini'),
  passes(
    'an encrypted binary file',
    JSON.stringify({ data: sopsValue, sops: { mac: sopsValue, lastmodified: 'x', version: '3.13.0', age: [] } }, null, 2),
    'key.enc.json',
  ),
  passes(
    'a SealedSecret',
    `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: db }\nspec:\n  encryptedData: { password: ${sealedValue} }\n  template: { type: Opaque, metadata: { name: db } }\n`,
  ),
  passes(
    'a template in a SealedSecret',
    `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: db }\nspec:\n  encryptedData: { password: ${sealedValue} }\n  template: { data: { url: "postgres://app:{{ index .password }}@db" } }\n`,
  ),
  passes(
    'an ExternalSecret',
    'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: db }\nspec:\n  refreshInterval: 1h\n  secretStoreRef: { name: vault, kind: ClusterSecretStore }\n  target: { name: db, template: { data: { url: "postgres://app:{{ .password }}@db/app", password: "{{ .password }}" } } }\n  data: [{ secretKey: password, remoteRef: { key: kv/prod/db-Credentials8, property: password } }]\n  dataFrom: [{ extract: { key: kv/Prod9/db } }]\n',
  ),
  passes(
    'a store with references',
    'apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: { name: s }\nspec: { provider: { aws: { service: SecretsManager, auth: { secretRef: { secretAccessKeySecretRef: { name: aws, key: secret-access-key } } } } } }\n',
  ),
  passes(
    'a password generator',
    'apiVersion: generators.external-secrets.io/v1alpha1\nkind: Password\nmetadata: { name: p }\nspec: { length: 32, digits: 5, symbols: 5 }\n',
  ),
  passes(
    'annotations of Vault',
    'apiVersion: v1\nkind: Pod\nmetadata: { name: p, annotations: { vault.hashicorp.com/agent-inject-token: "true", vault.hashicorp.com/agent-inject-secret-db: database/creds/db-app, vault.hashicorp.com/role: web, vault.hashicorp.com/client-key: /etc/tls/client.key } }\n',
  ),
  passes(
    'placeholders of the vault plugin',
    secret('stringData: { p: <password>, q: "<path:kv/data/db#password>" }\n').replace(
      '{ name: db }',
      '{ name: db, annotations: { avp.kubernetes.io/path: kv/db } }',
    ),
  ),
  passes('a placeholder of the vault plugin in base64', secret(`data: { p: ${inBase64('<path:kv/data/db#password>')} }\n`)),
  passes(
    'a SecretProviderClass',
    'apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\nmetadata: { name: kv }\nspec: { provider: azure, parameters: { keyvaultName: kv, tenantId: 72f988bf-86f1-41af-91ab-2d7cd011db47, objects: "array:\\n  - objectName: db-password\\n" }, secretObjects: [{ secretName: db, data: [{ objectName: db-password, key: password }] }] }\n',
  ),
  passes('a certificate alone', secret(`type: kubernetes.io/tls\nstringData:\n  tls.crt: |\n${indented(certificate, 4)}\n`)),
  passes('a login without any entry', secret(`type: kubernetes.io/dockerconfigjson\nstringData: { .dockerconfigjson: '{"auths":{}}' }\n`)),
  passes(
    'a login that a helper fills',
    '{"auths":{"r.example.com":{}},"credHelpers":{"r.example.com":"ecr-login"}}',
    '.docker/config.json',
  ),
  passes(
    'a kubeconfig with a plugin',
    'apiVersion: v1\nkind: Config\nclusters: [{ name: c, cluster: { certificate-authority-data: aGVsbG8= } }]\nusers: [{ name: a, user: { exec: { command: aws, apiVersion: client.authentication.k8s.io/v1 } } }]\n',
    'kubeconfig',
  ),
  passes(
    'an Ingress',
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i, annotations: { nginx.ingress.kubernetes.io/auth-secret: basic-auth } }\nspec: { tls: [{ hosts: [a.example.com], secretName: a-tls }] }\n',
  ),
  passes(
    'references of a Pod',
    'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  automountServiceAccountToken: false\n  imagePullSecrets: [{ name: regcred }]\n  volumes: [{ name: t, projected: { sources: [{ serviceAccountToken: { path: token, audience: vault, expirationSeconds: 3600 } }] } }, { name: s, secret: { secretName: db-password } }]\n  containers: [{ name: a, envFrom: [{ secretRef: { name: db } }], env: [{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: db, key: password } } }] }]\n',
  ),
  passes(
    'variables that only speak of secrets',
    container(
      'env: [{ name: TOKEN_TTL, value: "3600" }, { name: SECRET_NAME, value: db-credentials }, { name: PASSWORD_FILE, value: /run/secrets/db }, { name: TOKEN_PATH, value: /var/run/x }, { name: AUTH_URL, value: "https://auth.example.com" }, { name: AUTH_ENABLED, value: "true" }, { name: PASSWORD_LENGTH, value: "16" }, { name: JWT_PUBLIC_KEY, value: abc }]',
    ),
  ),
  passes(
    'variables of variables',
    container(
      'env: [{ name: DB_PASSWORD, value: $(OTHER) }, { name: API_TOKEN, value: "${API_TOKEN}" }], args: ["--password=$(DB_PASSWORD)", "--token=${TOKEN}"]',
    ),
  ),
  passes(
    'references in values of env',
    container(
      'env: [{ name: DB_PASSWORD, value: "vault:secret/data/db#password" }, { name: A_TOKEN, value: "op://vault/item/field" }, { name: B_SECRET, value: "ref+vault://kv/db#/p" }, { name: C_PASSWORD, value: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-x8Kq02" }, { name: D_PASSWORD, value: "projects/p/secrets/db/versions/1" }, { name: E_PASSWORD, value: "secretmanager://db" }]',
    ),
  ),
  passes(
    'a CRD',
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: x }\nspec: { versions: [{ schema: { openAPIV3Schema: { properties: { password: { type: string, default: changeme, description: "<KEY> of the Secret" } } } } }] }\n',
  ),
  passes(
    'RBAC',
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: r }\nrules: [{ apiGroups: [""], resources: [secrets, serviceaccounts/token], verbs: [get] }, { apiGroups: [authentication.k8s.io], resources: [tokenreviews], verbs: [create] }]\n',
  ),
  passes(
    'public material in a ConfigMap',
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata:\n  ca.crt: |\n${indented(certificate, 4)}\n  known_hosts: git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIx\n  recipient: age1${'q'.repeat(58)}\n`,
  ),
  passes(
    'digests, ids and hashes',
    container(`image: "r.example.com/a@sha256:${'ab12'.repeat(16)}"`).replace(
      '{ name: web }',
      `{ name: web-7d4b9c6f8d, annotations: { checksum/config: ${'ab12'.repeat(16)}, commit: ${'0a1b2'.repeat(8)}, id: 72f988bf-86f1-41af-91ab-2d7cd011db47 } }`,
    ),
  ),
  passes(
    'the caBundle of a webhook',
    `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: { name: w }\nwebhooks: [{ name: a, clientConfig: { caBundle: ${inBase64(certificate)} } }]\n`,
  ),
  passes(
    'a Certificate',
    'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: c }\nspec: { secretName: c-tls, keystores: { jks: { create: true, passwordSecretRef: { name: jks, key: password } } }, privateKey: { algorithm: RSA, size: 4096 } }\n',
  ),
  passes(
    'a KafkaUser',
    'apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaUser\nmetadata: { name: u }\nspec: { authentication: { type: scram-sha-512, password: { valueFrom: { secretKeyRef: { name: u, key: password } } } } }\n',
  ),
  passes(
    'a HelmRelease with references',
    'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: h }\nspec: { valuesFrom: [{ kind: Secret, name: pg-values, valuesKey: auth.password }], values: { auth: { existingSecret: pg, secretKeys: { adminPasswordKey: postgres-password, userPasswordKey: password } } } }\n',
  ),
  passes(
    'a policy with a pattern',
    'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: { name: p }\nspec: { rules: [{ validate: { pattern: { spec: { automountServiceAccountToken: false } } } }] }\n',
  ),
  passes(
    'a Secret that kustomize makes of an encrypted file',
    'secretGenerator:\n  - name: db\n    files: [db.enc.yaml]\n    envs: [db.enc.env]\n    options: { disableNameSuffixHash: true }\n',
    'kustomization.yaml',
  ),
  passes(
    'the public half of a bootstrap token',
    secret('type: bootstrap.kubernetes.io/token\nstringData: { token-id: k3j9d2, usage-bootstrap-signing: "true" }\n'),
  ),
  passes(
    'a repository of Argo CD without a login',
    secret('stringData: { type: git, url: https://git.example.com/x }\n').replace(
      '{ name: db }',
      '{ name: r, labels: { argocd.argoproj.io/secret-type: repository } }',
    ),
  ),
  passes(
    'an Application',
    'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: { source: { repoURL: "https://git.example.com/x", helm: { passCredentials: true, parameters: [{ name: auth.existingSecret, value: pg }] } } }\n',
  ),
  passes(
    'a patch of a ConfigMap',
    `patches:\n  - target: { kind: ConfigMap }\n    patch: '[{"op":"replace","path":"/data/mode","value":"dark"}]'\n`,
    'kustomization.yaml',
  ),
];
