import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** `GO` names another program than the first `go` on the path. */
export const goProgram = process.env['GO'] ?? 'go';

/** No setting of this machine reaches what is built. */
export const goSettings = { ...process.env, GOOS: '', GOARCH: '', GOFLAGS: '', GOEXPERIMENT: '', GOWORK: 'off', CGO_ENABLED: '0' };

const run = promisify(execFile);

/** What a short run of Go printed. */
export async function askGo(args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await run(goProgram, args, { cwd, env: goSettings, maxBuffer: 1 << 26 });
  return stdout.trim();
}

/** The version of Go, or an error that says what to do about it. */
export async function requireGo(cwd: string): Promise<string> {
  const version = await askGo(['env', 'GOVERSION'], cwd).catch((error: unknown) => {
    throw new Error(`${needed}, and ${goProgram} does not run: ${hint}`, { cause: error });
  });
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(version) ?? [];
  if (Number(major) > 1 || Number(minor) >= 26) return version;
  throw new Error(`${needed}, and this is ${version}: ${hint}`);
}

const needed = 'the test cluster is built with Go 1.26 or newer';
const hint = 'install it from https://go.dev/dl, or name another program in GO';
