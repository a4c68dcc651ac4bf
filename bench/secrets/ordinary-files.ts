import type { Dice } from './dice.ts';

/** A file without a secret, though much in it looks like one. */
export interface OrdinaryFile {
  readonly name: string;
  /** A part of its text; it is as many as the size asks for. */
  readonly part: (dice: Dice) => string;
  readonly between: string;
}

const yaml = '---\n';

const deployment = (dice: Dice): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${dice.word()}-${dice.word()}
  labels: { app.kubernetes.io/name: ${dice.word()}, app.kubernetes.io/version: "1.${String(dice.number(90))}.0" }
  annotations:
    checksum/config: ${dice.hex(64)}
    vault.hashicorp.com/agent-inject-token: "true"
spec:
  replicas: ${String(1 + dice.number(5))}
  selector: { matchLabels: { pod-template-hash: ${dice.hex(10)} } }
  template:
    spec:
      automountServiceAccountToken: false
      imagePullSecrets: [{ name: registry-login }]
      containers:
        - name: ${dice.word()}
          image: registry.example.com/shop/${dice.word()}@sha256:${dice.hex(64)}
          args: ["--token-ttl=3600", "--password-file=/run/secrets/password", "--db=postgres://app:$(DB_PASSWORD)@db:5432/app"]
          env:
            - { name: TOKEN_TTL, value: "3600" }
            - { name: SECRET_NAME, value: ${dice.word()} }
            - { name: PASSWORD_FILE, value: /run/secrets/password }
            - name: DB_PASSWORD
              valueFrom: { secretKeyRef: { name: db, key: password } }
          envFrom: [{ secretRef: { name: ${dice.word()}-settings } }]
          resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { memory: 256Mi } }
`;

const external = (dice: Dice): string => `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: ${dice.word()}-${dice.word()} }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  target: { name: ${dice.word()} }
  data:
    - { secretKey: password, remoteRef: { key: secret/data/${dice.word()}, property: password } }
    - { secretKey: token, remoteRef: { key: secret/data/${dice.word()}, property: token } }
`;

const ingress = (dice: Dice): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${dice.word()} }
spec:
  tls: [{ hosts: [${dice.word()}.example.com], secretName: ${dice.word()}-tls }]
  rules: [{ host: ${dice.word()}.example.com }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: ${dice.word()} }
rules: [{ apiGroups: [""], resources: ["secrets", "serviceaccounts/token"], verbs: [get, create] }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${dice.word()}-${dice.hex(10)} }
data: { commit: ${dice.hex(40)}, id: ${dice.hex(8)}-${dice.hex(4)}-4${dice.hex(3)}-a${dice.hex(3)}-${dice.hex(12)}, level: info, vault: "vault:secret/data/app#password" }
`;

const values = (dice: Dice): string => `${dice.word()}${String(dice.number(100_000))}:
  image: { repository: registry.example.com/${dice.word()}, digest: sha256:${dice.hex(64)} }
  existingSecret: ${dice.word()}-login
  passwordSecret: { name: ${dice.word()}, key: password }
  auth: { enabled: true, tokenExpiry: 24h, secretName: ${dice.word()} }
  password: "{{ .Values.global.password }}"
  url: https://${dice.word()}.example.com:8443/path
`;

const lock = (dice: Dice): string => `    "node_modules/${dice.word()}-${dice.word()}-${dice.hex(6)}": {
      "version": "${String(dice.number(20))}.${String(dice.number(20))}.0",
      "resolved": "https://registry.example.com/${dice.word()}/-/${dice.word()}.tgz",
      "integrity": "sha512-${dice.letters(86)}=="
    }`;

const script = (dice: Dice): string => `set -eu
# ${dice.word()} ${dice.word()}
export PGPASSWORD="$DB_PASSWORD"
psql "postgres://app:\${DB_PASSWORD}@${dice.word()}:5432/app" -c 'select 1'
curl -fsS -H "Authorization: Bearer $TOKEN" "https://${dice.word()}.example.com/${dice.hex(12)}"
docker build --tag "registry.example.com/${dice.word()}:${dice.hex(12)}" .
kubectl create secret generic db --from-literal=password="$DB_PASSWORD" --dry-run=client
`;

const guide = (dice: Dice): string => `## ${dice.word()} ${dice.word()}

Set \`DB_PASSWORD\` and run \`psql postgres://app:<password>@${dice.word()}/app\`. The token comes from Vault (\`op://${dice.word()}/${dice.word()}/token\`).
The image is \`sha256:${dice.hex(64)}\`, built from ${dice.hex(40)}.

`;

const code = (dice: Dice): string => `export function ${dice.word()}${dice.hex(4)}(password: string, token: string): string {
  if (key.startsWith('-----BEGIN PRIVATE KEY-----')) throw new Error('a private key');
  const apiKey = process.env.API_KEY ?? '';
  const secret = readSecret('${dice.word()}');
  return \`https://\${user}:\${password}@\${host}/\${token}\` + apiKey + secret + '${dice.hex(32)}';
}
`;

const settings = (dice: Dice): string => `# ${dice.word()}
${dice.word().toUpperCase()}_URL=https://${dice.word()}.example.com
${dice.word().toUpperCase()}_PASSWORD=\${DB_PASSWORD}
${dice.word().toUpperCase()}_TOKEN_TTL=3600
${dice.word().toUpperCase()}_DIGEST=${dice.hex(64)}
`;

export const ordinaryFiles: readonly [OrdinaryFile, ...OrdinaryFile[]] = [
  { name: 'deployment.yaml', part: deployment, between: yaml },
  { name: 'deployment.yaml', part: deployment, between: yaml },
  { name: 'externalsecret.yaml', part: external, between: yaml },
  { name: 'ingress.yaml', part: ingress, between: yaml },
  { name: 'values.yaml', part: values, between: '' },
  { name: 'package-lock.json', part: lock, between: ',\n' },
  { name: 'run.sh', part: script, between: '' },
  { name: 'guide.md', part: guide, between: '' },
  { name: 'client.ts', part: code, between: '' },
  { name: 'app.env', part: settings, between: '' },
];
