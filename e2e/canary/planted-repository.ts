import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { example } from '../world/paths.ts';
import { canary } from './traces.ts';

/** A checkout, a kubeconfig and an environment with a value in every place that a person may put one by mistake. */
export interface PlantedRepository {
  readonly folder: string;
  readonly kubeconfig: string;
  readonly release: string;
  readonly env: Readonly<Record<string, string>>;
}

const base64 = (place: string): string => Buffer.from(canary(place)).toString('base64');

/** Objects with a value in each place; `when` tells what was there first from what a branch makes of it. */
const secrets = (when: string): string => `apiVersion: v1
kind: Secret
metadata: { name: planted }
type: Opaque
data:
  password: ${base64(`Data${when}`)}
stringData:
  token: ${canary(`StringData${when}`)}
---
# password: ${canary(`Comment${when}`)}
apiVersion: v1
kind: ConfigMap
metadata: { name: planted }
data:
  url: postgres://app:${canary(`Address${when}`)}@db:5432/app
  settings.ini: |
    password = ${canary(`Nested${when}`)}
  manifest.yaml: |
    apiVersion: v1
    kind: Secret
    metadata: { name: inner }
    stringData: { password: ${canary(`Inner${when}`)} }
---
apiVersion: v1
kind: Pod
metadata:
  name: planted
  annotations: { kubectl.kubernetes.io/last-applied-configuration: '{"kind":"Secret","data":{"password":"${base64(`Applied${when}`)}"}}' }
spec:
  containers:
    - name: a
      image: registry.example.com/platform-control/api
      args: ["--password=${canary(`Argument${when}`)}"]
      env: [{ name: API_TOKEN, value: ${canary(`Variable${when}`)} }]
---
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: planted }
spec: { provider: { fake: { data: [{ key: a, value: ${canary(`Store${when}`)} }] } } }
`;

const generator = `
secretGenerator:
  - name: made
    literals: [password=${canary('Literal')}]
    envs: [made.env]
`;

const patch = `apiVersion: v1
kind: Secret
metadata: { name: planted }
stringData: { patched: ${canary('Patch')} }
`;

const kubeconfigText = `apiVersion: v1
kind: Config
current-context: planted
clusters: [{ name: planted, cluster: { server: "https://user:${canary('Server')}@127.0.0.1:1" } }]
contexts: [{ name: planted, context: { cluster: planted, user: planted } }]
users: [{ name: planted, user: { token: ${canary('KubeToken')}, password: ${canary('KubePassword')}, username: a } }]
`;

const wrongDocument = `apiVersion: fairlead.dev/v1
kind: Service
metadata: { name: 12, password: ${canary('Field')} }
spec: postgres://app:${canary('Document')}@db/app
`;

export function plantRepository(home: string): PlantedRepository {
  const folder = join(home, 'planted');
  cpSync(example, folder, { recursive: true });
  const git = gitIn(folder, home);
  git('init', '--quiet', '--initial-branch', 'main');
  git('remote', 'add', 'origin', `https://user:${canary('Remote')}@git.example.com/platform-control.git`);
  plantOverlay(join(folder, 'environments/staging'));
  plantSecrets(join(folder, 'environments/staging'), 'Old');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'first');
  git('switch', '--quiet', '--create', 'branch');

  plantSecrets(join(folder, 'environments/staging'), 'New');
  // What can't be read is where an error likes to quote.
  write(
    join(folder, 'environments/broken/kustomization.yaml'),
    `resources: [a.yaml]\nsecretGenerator: [password=${canary('BrokenList')}\n`,
  );
  write(join(folder, 'environments/broken/a.yaml'), `kind: Secret\nstringData: {\n  password: "${canary('Broken')}\n`);
  write(join(folder, 'other/.fairlead/service.yaml'), wrongDocument);
  write(join(folder, 'run.sh'), `curl -u app:${canary('Script')} https://example.com\n`);
  git('add', '--all');
  git('commit', '--quiet', '--message', `use https://app:${canary('Message')}@example.com`);
  write(join(folder, 'gone.txt'), `postgres://app:${canary('Gone')}@db/app\n`);
  git('add', '--all');
  git('commit', '--quiet', '--message', 'add');
  git('rm', '--quiet', 'gone.txt');
  git('commit', '--quiet', '--message', 'remove');
  return { folder, ...plantAround(home) };
}

function plantOverlay(overlay: string): void {
  const kustomization = join(overlay, 'kustomization.yaml');
  const text = readFileSync(kustomization, 'utf8').replace('  - release\n', '  - release\n  - planted.yaml\n');
  write(kustomization, `${text.replace('patches:\n', 'patches:\n  - path: patches/planted.yaml\n')}${generator}`);
  write(join(overlay, 'patches/planted.yaml'), patch);
}

function plantSecrets(overlay: string, when: string): void {
  write(join(overlay, 'planted.yaml'), secrets(when));
  write(join(overlay, 'made.env'), `PASSWORD=${canary(`EnvFile${when}`)}\n`);
  write(join(overlay, 'values/helm.yaml'), `postgresql: { auth: { password: ${canary(`HelmValue${when}`)} } }\n`);
}

function plantAround(home: string): Omit<PlantedRepository, 'folder'> {
  const kubeconfig = join(home, 'kubeconfig');
  const release = join(home, 'release.yaml');
  write(kubeconfig, kubeconfigText);
  write(
    join(home, '.docker/config.json'),
    JSON.stringify({ auths: { '127.0.0.1:1': { auth: Buffer.from(`a:${canary('Docker')}`).toString('base64') } } }),
  );
  const env = {
    FAIRLEAD_TOKEN: canary('FairleadToken'),
    AWS_SECRET_ACCESS_KEY: canary('Aws'),
    GITHUB_TOKEN: canary('GitHub'),
    HTTPS_PROXY: `http://proxy:${canary('Proxy')}@127.0.0.1:1`,
  };
  return { kubeconfig, release, env };
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function gitIn(folder: string, home: string): (...args: readonly string[]) => void {
  const who = {
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
  const env = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1', ...who };
  return (...args) => {
    execFileSync('git', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  };
}
