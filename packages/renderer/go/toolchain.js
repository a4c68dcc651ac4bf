import { spawnSync } from 'node:child_process';

/** The released program whose bytes the guest matches: the release that holds the `api` version of go.mod. */
export const kustomizeVersion = 'v5.8.2';

/** `GO` names another program than the first `go` on the path. */
const go = process.env.GO ?? 'go';
const source = new URL('./', import.meta.url);

/** No setting of this machine may reach the bytes. */
const settings = { GOOS: 'wasip1', GOARCH: 'wasm', GOWASM: '', GOFLAGS: '', GOEXPERIMENT: '', GOWORK: 'off', CGO_ENABLED: '0' };

/** Runs Go on the guest's module and answers what it printed. */
export function runGo(args, env = settings) {
  const run = spawnSync(go, args, { cwd: source, env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.error) throw noGo(run.error.code === 'ENOENT' ? `there is no program ${go}` : run.error.message);
  if (run.status !== 0) throw new Error(`go ${args[0]} failed:\n${run.stderr}`);
  return run.stdout;
}

/** Answers the version of Go, or throws what to do about it. */
export function requireGo() {
  const text = runGo(['env', 'GOVERSION']).trim();
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(text) ?? [];
  if (!(Number(major) > 1 || Number(minor) >= 26)) throw noGo(`this is ${text}`);
  return text;
}

/** The versions of what is linked, as go.mod has them. */
export function moduleVersions() {
  const of = (path) => runGo(['list', '-m', '-f', '{{.Version}}', path]).trim();
  return { kustomizeApi: of('sigs.k8s.io/kustomize/api'), helm: of('helm.sh/helm/v4') };
}

function noGo(why) {
  const error = new Error(
    `the renderer is built with Go 1.26 or newer, and ${why}: install it from https://go.dev/dl (only a rebuild needs it)`,
  );
  error.code = 'no-go';
  return error;
}
