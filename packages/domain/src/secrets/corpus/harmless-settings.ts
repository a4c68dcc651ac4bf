import type { CorpusCase } from './corpus-case.ts';
import { certificate, sopsValue } from './made-values.ts';

const passes = (row: string, text: string, path: string): CorpusCase => ({ row, path, text, found: [] });

/** Values, settings and texts that only look as if. */
export const harmlessSettings: readonly CorpusCase[] = [
  passes(
    'values that name Secrets',
    'auth:\n  existingSecret: pg\n  existingSecretPasswordKey: password\n  secretKeys: { adminPasswordKey: admin-password }\n  passwordSecret: pg\n  tlsSecretName: pg-tls\n  secretName: pg\n  secretRef: { name: pg }\n  password: ""\n  usePasswordFiles: true\nsecret: pg-credentials\ntokenSecret: { name: x, key: token }\nimagePullSecrets: [regcred]\n',
    'values.yaml',
  ),
  passes(
    'values with numbers and switches',
    'token: { ttl: 3600 }\nauth: true\nauth_enabled: true\npassword_encryption: scram-sha-256\nmaxTokens: 4096\ntokens: 100\nsecrets: enabled\ntopologyKey: kubernetes.io/hostname\nkey: value\nsortKey: createdAt8x\npartitionKey: userId\ncacheKey: v1-node-modules-2026\n',
    'values.yaml',
  ),
  passes(
    'a template of Helm',
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ include "x.fullname" . }}\n{{- with .Values.labels }}\n  labels: {{- toYaml . | nindent 4 }}\n{{- end }}\ndata:\n  password: {{ required "a password is required" .Values.password | b64enc | quote }}\n  token: {{ randAlphaNum 32 | b64enc }}\n  {{- if .Values.extra }}\n  extra: {{ tpl .Values.extra . | b64enc }}\n  {{- end }}\n',
    'templates/secret.yaml',
  ),
  passes(
    'a workflow of GitHub',
    'permissions: { id-token: write, contents: read }\njobs:\n  a:\n    secrets: inherit\n    steps:\n      - uses: actions/checkout@v4\n        with: { token: "${{ secrets.GITHUB_TOKEN }}", persist-credentials: false, ssh-key: "${{ secrets.KEY }}" }\n',
    '.github/workflows/ci.yaml',
  ),
  passes(
    'a pipeline of GitLab',
    'variables: { DOCKER_TLS_CERTDIR: "", DEPLOY_TOKEN: $CI_JOB_TOKEN }\njob:\n  id_tokens: { VAULT_ID_TOKEN: { aud: "https://vault.example.com" } }\n  secrets: { DB_PASSWORD: { vault: production/db/password@kv } }\n  script: ["docker login -u $CI_REGISTRY_USER -p $CI_REGISTRY_PASSWORD"]\n',
    '.gitlab-ci.yml',
  ),
  passes(
    'docker compose',
    'services:\n  db:\n    environment: { POSTGRES_PASSWORD_FILE: /run/secrets/db, POSTGRES_PASSWORD: "${POSTGRES_PASSWORD:?required}" }\n    secrets: [db]\nsecrets:\n  db: { file: ./db.txt }\n',
    'compose.yaml',
  ),
  passes(
    'Terraform',
    'variable "db_password" {\n  type      = string\n  sensitive = true\n}\nresource "x" "y" {\n  password = var.db_password\n  token    = data.vault_generic_secret.x.data["token"]\n  secret_name = "db"\n}\n',
    'main.tf',
  ),
  passes(
    'rules of SOPS',
    `creation_rules:\n  - path_regex: .*\\.enc\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: age1${'q'.repeat(58)}\n    kms: arn:aws:kms:eu-west-1:123456789012:key/72f988bf-86f1-41af-91ab-2d7cd011db47\n`,
    '.sops.yaml',
  ),
  passes(
    'an example of settings',
    'DB_PASSWORD=changeme\nAPI_TOKEN=your-token-here\nJWT_SECRET=<generate one>\nREDIS_PASSWORD=\nSMTP_PASSWORD=xxxxxxxx\n',
    '.env.example',
  ),
  passes(
    'lock files',
    '{"packages":{"node_modules/js-tokens":{"version":"4.0.0","integrity":"sha512-RdJUflcE3cUzKiMqQgsCu06FPu9UdIJO0beYbPhHN4k6apgJtR3ec8wYMqKXwxZ1z9cLnp0Yb1kLZ0R8XGmR1Q=="}}}',
    'package-lock.json',
  ),
  passes(
    'a schema',
    '{"properties":{"password":{"type":"string","format":"password","description":"The password","default":""},"token":{"type":"string","pattern":"^[A-Za-z0-9]{12,40}$"}}}',
    'values.schema.json',
  ),
  passes(
    'an OpenAPI document',
    'openapi: 3.1.0\ncomponents:\n  securitySchemes:\n    token: { type: http, scheme: bearer, bearerFormat: JWT }\n  schemas:\n    Login: { properties: { password: { type: string, example: secret } } }\n',
    'openapi.yaml',
  ),
  passes(
    'texts of a user interface',
    '{"login":{"password":"Your password","passwordAgain":"Repeat your password","token":"Token","forgotPassword":"Forgot your password?"}}',
    'locales/en.json',
  ),
  passes('public keys', `${certificate}\n`, 'ca.pem'),
  passes(
    'a public key of cosign',
    '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEabcdefghijklmnopqrstuvwxyzABCDEF\n-----END PUBLIC KEY-----\n',
    'cosign.pub',
  ),
  passes('words in a document', '# Secrets\n\nSet `password: <your password>` in values.yaml. The token is kept in Vault.\n', 'README.md'),
  passes(
    'comments in words',
    '# Password: see the vault\n# token: taken from the Secret below\n# secretName: db-tls-2026\n# password: ""\n# existingSecret: my-secret9\n# auth.password: Password of the user (ignored with existingSecret)\na: 1\n',
    'values.yaml',
  ),
  passes(
    'settings of PostgreSQL',
    "password_encryption = scram-sha-256\nssl_key_file = '/etc/tls/tls.key'\nkrb_server_keyfile = ''\n",
    'postgresql.conf',
  ),
  passes(
    'settings of Grafana with references',
    '[security]\nadmin_password = $__file{/etc/secrets/admin}\n[database]\npassword = ${DB_PASSWORD}\n[auth.generic_oauth]\nclient_secret = $__env{CLIENT_SECRET}\n',
    'grafana.ini',
  ),
  passes(
    'a mirror of packages',
    'registry=https://npm.example.com\n//npm.example.com/:_authToken=${NPM_TOKEN}\nalways-auth=true\n',
    '.npmrc',
  ),
  passes(
    'ciphertext of others',
    `db_password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6638643965\nspring: { datasource: { password: "{cipher}AQB8Kq02" } }\nother: { password: ENC(x8Kq02Lmz91v==) }\nlast: "${sopsValue.slice(0, 3)}"\n`,
    'group_vars/all.yml',
  ),
  passes(
    'a monitor',
    'scrape_configs:\n  - job_name: x\n    bearer_token_file: /var/run/secrets/kubernetes.io/serviceaccount/token\n    basic_auth: { username: x, password_file: /etc/x }\n    authorization: { credentials_file: /etc/y }\n',
    'prometheus.yml',
  ),
  passes(
    'an alert',
    'groups:\n  - name: a\n    rules: [{ alert: TokenExpires, expr: vault_token_ttl < 3600, annotations: { summary: The token expires } }]\n',
    'rules.yaml',
  ),
  passes(
    'a login that only names',
    'users:\n  - name: app\n    passwordSecret: { name: app, key: password }\n    secret: app-credentials\n',
    'users.yaml',
  ),
];
