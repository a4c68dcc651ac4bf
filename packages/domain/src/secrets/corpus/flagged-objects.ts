import type { CorpusCase } from './corpus-case.ts';
import { gitHubToken, inBase64, indented, privateKey, webToken } from './made-values.ts';

const workload = (container: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n    spec:\n      containers:\n        - name: api\n${indented(container, 10)}\n`;
const inContainer = '/spec/template/spec/containers/0';
const configMap = (data: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata:\n${indented(data, 2)}\n`;

/** Objects of Kubernetes and of what runs on it. */
export const flaggedObjects: readonly CorpusCase[] = [
  {
    row: 'a literal in the template of an ExternalSecret',
    path: 'es.yaml',
    text: 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: db }\nspec:\n  secretStoreRef: { name: vault, kind: SecretStore }\n  target: { template: { data: { password: hunter2 } } }\n',
    found: ['S05 /spec/target/template/data/password'],
  },
  {
    row: 'a fake store',
    path: 'store.yaml',
    text: 'apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: { name: fake }\nspec: { provider: { fake: { data: [{ key: /db, value: hunter2 }] } } }\n',
    found: ['S05 /spec/provider/fake/data/0/value'],
  },
  {
    row: 'a key of Scaleway',
    path: 'store.yaml',
    text: 'apiVersion: external-secrets.io/v1\nkind: ClusterSecretStore\nmetadata: { name: scw }\nspec: { provider: { scaleway: { accessKey: { secretRef: { name: a, key: b } }, secretKey: { value: hunter2 } } } }\n',
    found: ['S05 /spec/provider/scaleway/secretKey/value'],
  },
  {
    row: 'a fake generator',
    path: 'gen.yaml',
    text: 'apiVersion: generators.external-secrets.io/v1alpha1\nkind: Fake\nmetadata: { name: f }\nspec: { data: { password: hunter2 } }\n',
    found: ['S05 /spec/data/password'],
  },
  {
    row: 'a header of a webhook store',
    path: 'store.yaml',
    text: 'apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: { name: w }\nspec: { provider: { webhook: { url: "https://x.example.com", headers: { Authorization: Basic aHVudGVyMg== } } } }\n',
    found: ['S05 /spec/provider/webhook/headers/Authorization'],
  },
  {
    row: 'a client secret in a SecretProviderClass',
    path: 'spc.yaml',
    text: 'apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\nmetadata: { name: kv }\nspec: { provider: azure, parameters: { tenantId: x, clientSecret: hunter2 } }\n',
    found: ['S05 /spec/parameters/clientSecret'],
  },
  {
    row: 'a password in env',
    path: 'web.yaml',
    text: workload('env:\n  - name: DB_PASSWORD\n    value: hunter2'),
    found: [`S10 ${inContainer}/env/0/value`],
  },
  {
    row: 'a password that is an ordinary word',
    path: 'web.yaml',
    text: workload('env: [{ name: POSTGRES_PASSWORD, value: postgres }]'),
    found: [`S10 ${inContainer}/env/0/value`],
  },
  {
    row: 'a number as password',
    path: 'web.yaml',
    text: workload('env: [{ name: ADMIN_PASS, value: "123456" }]'),
    found: [`S10 ${inContainer}/env/0/value`],
  },
  {
    row: 'a secret of an init container',
    path: 'job.yaml',
    text: 'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: j }\nspec: { jobTemplate: { spec: { template: { spec: { initContainers: [{ name: i, env: [{ name: JWT_SECRET, value: k8Fz2qLm0Pq1 }] }] } } } } }\n',
    found: ['S10 /spec/jobTemplate/spec/template/spec/initContainers/0/env/0/value'],
  },
  {
    row: 'a database URL in env',
    path: 'web.yaml',
    text: workload('env: [{ name: DATABASE_URL, value: "postgres://app:hunter2@db:5432/app" }]'),
    found: [`S09 ${inContainer}/env/0/value`],
  },
  {
    row: 'a password in args',
    path: 'web.yaml',
    text: workload('args: [serve, --db-password=hunter2]'),
    found: [`S10 ${inContainer}/args/1`],
  },
  {
    row: 'a password as the next argument',
    path: 'web.yaml',
    text: workload('args: [--password, hunter2]'),
    found: [`S10 ${inContainer}/args/1`],
  },
  {
    row: 'PGPASSWORD in a shell',
    path: 'web.yaml',
    text: workload('command: [sh, -c, "PGPASSWORD=hunter2 psql -h db"]'),
    found: [`S10 ${inContainer}/command/2`],
  },
  {
    row: 'a URL in args',
    path: 'web.yaml',
    text: workload('args: ["--dsn=mysql://root:hunter2@db/app"]'),
    found: [`S09 ${inContainer}/args/0`],
  },
  {
    row: 'an Authorization header of a probe',
    path: 'web.yaml',
    text: workload('livenessProbe: { httpGet: { path: /, httpHeaders: [{ name: Authorization, value: Basic aHVudGVyMg== }] } }'),
    found: [`S10 ${inContainer}/livenessProbe/httpGet/httpHeaders/0/value`],
  },
  {
    row: 'a URL in an annotation',
    path: 'web.yaml',
    text: 'apiVersion: v1\nkind: Service\nmetadata: { name: web, annotations: { example.com/db: "mongodb+srv://app:hunter2@db.example.com/x" } }\n',
    found: ['S09 /metadata/annotations/example.com~1db'],
  },
  { row: 'a password in a ConfigMap', path: 'cm.yaml', text: configMap('DB_PASSWORD: hunter2'), found: ['S11 /data/DB_PASSWORD'] },
  {
    row: 'a URL in a ConfigMap',
    path: 'cm.yaml',
    text: configMap('DATABASE_URL: postgres://app:hunter2@db/app'),
    found: ['S09 /data/DATABASE_URL'],
  },
  {
    row: 'properties in a ConfigMap',
    path: 'cm.yaml',
    text: configMap('application.properties: |\n  spring.datasource.username=app\n  spring.datasource.password=hunter2'),
    found: ['S11 /data/application.properties'],
  },
  {
    row: 'YAML in a ConfigMap',
    path: 'cm.yaml',
    text: configMap('config.yaml: |\n  smtp:\n    password: hunter2'),
    found: ['S11 /data/config.yaml'],
  },
  {
    row: 'JSON in a ConfigMap',
    path: 'cm.yaml',
    text: configMap(`config.json: '{"db":{"password":"hunter2"}}'`),
    found: ['S11 /data/config.json'],
  },
  {
    row: 'INI in a ConfigMap',
    path: 'cm.yaml',
    text: configMap('grafana.ini: |\n  [security]\n  admin_password = hunter2'),
    found: ['S11 /data/grafana.ini'],
  },
  {
    row: 'TOML in a ConfigMap',
    path: 'cm.yaml',
    text: configMap('config.toml: |\n  [db]\n  password = "hunter2"'),
    found: ['S11 /data/config.toml'],
  },
  {
    row: 'XML in a ConfigMap',
    path: 'cm.yaml',
    text: configMap('web.xml: |\n  <db>\n    <password>hunter2</password>\n  </db>'),
    found: ['S11 /data/web.xml'],
  },
  { row: '.env in a ConfigMap', path: 'cm.yaml', text: configMap('.env: |\n  A=b\n  API_TOKEN=x8Kq02Lmz91v'), found: ['S11 /data/.env'] },
  {
    row: 'a Secret in a ConfigMap',
    path: 'cm.yaml',
    text: configMap('manifest.yaml: |\n  apiVersion: v1\n  kind: Secret\n  metadata: { name: db }\n  stringData: { p: hunter2 }'),
    found: ['S01 /data/manifest.yaml'],
  },
  { row: 'a key in a ConfigMap', path: 'cm.yaml', text: configMap(`tls.pem: |\n${indented(privateKey, 2)}`), found: ['S06 /data/tls.pem'] },
  {
    row: 'a kubeconfig in a ConfigMap',
    path: 'cm.yaml',
    text: configMap(
      'kubeconfig: |\n  apiVersion: v1\n  kind: Config\n  users:\n    - name: a\n      user: { client-key-data: aHVudGVyMg== }',
    ),
    found: ['S07 /data/kubeconfig'],
  },
  {
    row: 'a registry login in a ConfigMap',
    path: 'cm.yaml',
    text: configMap(`config.json: '{"auths":{"r.example.com":{"auth":"aHVudGVyMg=="}}}'`),
    found: ['S07 /data/config.json'],
  },
  {
    row: 'binaryData of a ConfigMap',
    path: 'cm.yaml',
    text: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\nbinaryData: { app.properties: ${inBase64('db.password=hunter2\nmode=on\n')} }\n`,
    found: ['S11 /binaryData/app.properties'],
  },
  {
    row: 'base64 in YAML in a ConfigMap',
    path: 'cm.yaml',
    text: configMap(`all.yaml: |\n  files:\n    app.env: ${inBase64('DB_PASSWORD=hunter2\nMODE=production\n')}`),
    found: ['S11 /data/all.yaml'],
  },
  {
    row: 'values of a HelmRelease',
    path: 'hr.yaml',
    text: 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: pg }\nspec:\n  chart: { spec: { chart: postgresql } }\n  values: { auth: { username: app, password: hunter2 } }\n',
    found: ['S12 /spec/values/auth/password'],
  },
  {
    row: 'parameters of an Application',
    path: 'app.yaml',
    text: 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: { source: { helm: { parameters: [{ name: auth.password, value: hunter2 }] } } }\n',
    found: ['S12 /spec/source/helm/parameters/0/value'],
  },
  {
    row: 'values of an Application',
    path: 'app.yaml',
    text: 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec:\n  source:\n    helm:\n      values: |\n        auth:\n          password: hunter2\n',
    found: ['S12 /spec/source/helm/values'],
  },
  {
    row: 'a plugin’s environment of an Application',
    path: 'app.yaml',
    text: 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: { sources: [{ plugin: { env: [{ name: DB_PASSWORD, value: hunter2 }] } }] }\n',
    found: ['S12 /spec/sources/0/plugin/env/0/value'],
  },
  {
    row: 'a substitution of Flux',
    path: 'ks.yaml',
    text: 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: k }\nspec: { postBuild: { substitute: { DB_PASSWORD: hunter2, REGION: eu } } }\n',
    found: ['S15 /spec/postBuild/substitute/DB_PASSWORD'],
  },
  {
    row: 'a default of a substitution',
    path: 'web.yaml',
    text: workload('env: [{ name: X, value: "${DB_PASS:=hunter2}" }]'),
    found: [`S15 ${inContainer}/env/0/value`],
  },
  {
    row: 'a patch of Flux',
    path: 'ks.yaml',
    text: 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: k }\nspec:\n  patches:\n    - target: { kind: Secret }\n      patch: |\n        - op: add\n          path: /stringData/password\n          value: hunter2\n',
    found: ['S13 /spec/patches/0/patch'],
  },
  {
    row: 'a login in a GitRepository',
    path: 'repo.yaml',
    text: 'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: g }\nspec: { url: "https://bot:hunter2hunter2@git.example.com/x" }\n',
    found: ['S09 /spec/url'],
  },
  {
    row: 'a Grafana',
    path: 'grafana.yaml',
    text: 'apiVersion: grafana.integreatly.org/v1beta1\nkind: Grafana\nmetadata: { name: g }\nspec: { config: { security: { admin_user: admin, admin_password: hunter2 } } }\n',
    found: ['S12 /spec/config/security/admin_password'],
  },
  {
    row: 'a PostgreSQL operator',
    path: 'pg.yaml',
    text: 'apiVersion: acid.zalan.do/v1\nkind: OperatorConfiguration\nmetadata: { name: o }\nconfiguration: { teams_api: { api_token: a8Kq02Lmz91v } }\n',
    found: ['S12 /configuration/teams_api/api_token'],
  },
  {
    row: 'the initial roles of a cluster',
    path: 'pg.yaml',
    text: `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: c }\nspec: { bootstrap: { initdb: { postInitSQL: ["CREATE ROLE app LOGIN PASSWORD 'hunter2'"] } } }\n`,
    found: ['S12 /spec/bootstrap/initdb/postInitSQL/0'],
  },
  {
    row: 'a listener of Kafka Connect',
    path: 'kc.yaml',
    text: 'apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaConnector\nmetadata: { name: c }\nspec: { config: { database.user: app, database.password: hunter2 } }\n',
    found: ['S12 /spec/config/database.password'],
  },
  {
    row: 'a login module in JAAS',
    path: 'kc.yaml',
    text: `apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaConnector\nmetadata: { name: c }\nspec: { config: { producer.sasl.jaas.config: 'org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="hunter2";' } }\n`,
    found: ['S09 /spec/config/producer.sasl.jaas.config'],
  },
  {
    row: 'a token of a provider',
    path: 'web.yaml',
    text: workload(`env: [{ name: SOMETHING, value: ${gitHubToken} }]`),
    found: [`S14 ${inContainer}/env/0/value`],
  },
  {
    row: 'a web token',
    path: 'web.yaml',
    text: workload(`env: [{ name: SOMETHING, value: ${webToken} }]`),
    found: [`S08 ${inContainer}/env/0/value`],
  },
  {
    row: 'cloud-init in a machine',
    path: 'machine.yaml',
    text: `apiVersion: x.example.com/v1\nkind: Machine\nmetadata: { name: m }\nspec: { userData: ${inBase64('#cloud-config\nwrite_files:\n  - path: /a\nchpasswd_password: hunter2\n')} }\n`,
    found: ['S12 /spec/userData'],
  },
];
