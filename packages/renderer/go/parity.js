// Rewrites the expected bytes of the parity tests with the real programs: `npm run parity:renderer`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kustomizeVersion, moduleVersions, requireGo, runGo } from './toolchain.js';

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));
const overlays = folder('../fixtures/overlays/');
const charts = folder('../fixtures/charts/');
const expectedOfExample = folder('../fixtures/example/');
const environments = folder('../../../examples/platform-control/environments/');

/** Answers the path of a program, which Go builds once and keeps outside of the repository. */
function install(name, module, version) {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const bin = join(cache, 'fairlead', `${name}-${version}`);
  const program = join(bin, name);
  if (!existsSync(program)) {
    requireGo();
    runGo(['install', `${module}@${version}`], { GOBIN: bin, GOFLAGS: '', GOWORK: 'off' });
  }
  return program;
}

function run(program, args, options = {}) {
  const result = spawnSync(program, args, { maxBuffer: 1 << 28, ...options });
  if (result.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${result.error?.message ?? result.stderr.toString()}`);
  return result.stdout;
}

const foldersIn = (path) => (existsSync(path) ? readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : []);

function buildOverlays() {
  const kustomize = install('kustomize', 'sigs.k8s.io/kustomize/kustomize/v5', kustomizeVersion);
  for (const { name } of foldersIn(overlays)) {
    writeFileSync(join(overlays, name, 'expected.yaml'), run(kustomize, ['build', join(overlays, name, 'overlay')]));
  }
  mkdirSync(expectedOfExample, { recursive: true });
  for (const { name } of foldersIn(environments)) {
    writeFileSync(join(expectedOfExample, `${name}.expected.yaml`), run(kustomize, ['build', join(environments, name)]));
  }
}

function helmFlags(request) {
  return [
    `--namespace=${request.namespace}`,
    `--kube-version=${request.kubeVersion}`,
    ...request.apiVersions.map((version) => `--api-versions=${version}`),
    ...request.valuesFiles.map((path) => `--values=${path}`),
    '--values=-',
    ...(request.includeCrds ? ['--include-crds'] : []),
    ...(request.skipHooks ? ['--no-hooks'] : []),
    ...(request.skipTests ? ['--skip-tests'] : []),
  ];
}

function templateCharts() {
  const helm = install('helm', 'helm.sh/helm/v4/cmd/helm', moduleVersions().helm);
  for (const { name } of foldersIn(charts)) {
    const cwd = join(charts, name);
    const request = JSON.parse(readFileSync(join(cwd, 'request.json'), 'utf8'));
    const input = JSON.stringify(request.values);
    writeFileSync(join(cwd, 'expected.yaml'), run(helm, ['template', request.releaseName, 'chart', ...helmFlags(request)], { cwd, input }));
  }
}

try {
  buildOverlays();
  templateCharts();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
