// Rewrites the expected bytes of the parity tests with the real programs: `npm run parity:renderer`.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
  const withCharts = ['--enable-helm', '--helm-command', installHelm()];
  const kustomize = install('kustomize', 'sigs.k8s.io/kustomize/kustomize/v5', kustomizeVersion);
  for (const { name } of foldersIn(overlays)) {
    writeFileSync(join(overlays, name, 'expected.yaml'), run(kustomize, ['build', ...withCharts, join(overlays, name, 'overlay')]));
  }
  mkdirSync(expectedOfExample, { recursive: true });
  for (const { name } of foldersIn(environments)) {
    writeFileSync(join(expectedOfExample, `${name}.expected.yaml`), run(kustomize, ['build', join(environments, name)]));
  }
}

const installHelm = () => install('helm', 'helm.sh/helm/v4/cmd/helm', moduleVersions().helm);

function helmFlags(request) {
  return [
    `--namespace=${request.namespace}`,
    `--kube-version=${request.kubeVersion}`,
    ...request.apiVersions.map((version) => `--api-versions=${version}`),
    ...request.valuesFiles.map((path) => `--values=${path}`),
    ...(request.set ?? []).map(({ flag, text }) => `--${flag}=${text}`),
    '--values=-',
    ...(request.includeCrds ? ['--include-crds'] : []),
    ...(request.skipHooks ? ['--no-hooks'] : []),
    ...(request.skipTests ? ['--skip-tests'] : []),
  ];
}

/** A checkout without symbolic links has them all the same: the request names them. */
function withLinks(root, links, work) {
  const copy = mkdtempSync(join(tmpdir(), 'fairlead-parity-'));
  try {
    cpSync(root, copy, { recursive: true });
    for (const [path, target] of Object.entries(links)) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      symlinkSync(target, join(copy, path));
    }
    return work(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function templateCharts() {
  const helm = installHelm();
  for (const { name } of foldersIn(charts)) {
    const root = join(charts, name);
    const request = JSON.parse(readFileSync(join(root, 'request.json'), 'utf8'));
    const input = JSON.stringify(request.values);
    const args = ['template', request.releaseName, request.path ?? 'chart', ...helmFlags(request)];
    const expected = withLinks(root, request.links ?? {}, (cwd) => run(helm, args, { cwd, input }));
    writeFileSync(join(root, 'expected.yaml'), expected);
  }
}

try {
  buildOverlays();
  templateCharts();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
