import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { askGo, goProgram, goSettings, requireGo } from './go-toolchain.ts';
import { withLock } from './with-lock.ts';

/** The paths of programs that stand ready. */
export interface TestClusterPrograms {
  readonly testCluster: string;
  readonly kubectl: string;
}

const sources = join(import.meta.dirname, 'go');

/** Without it the server would say that it is v0.0.0. It is the version in go.mod. */
const stamp = (key: string, value: string): string => `-X k8s.io/component-base/version.${key}=${value}`;

function buildFlags(version: string): readonly string[] {
  const [, minor = ''] = version.split('.');
  const stamps = [stamp('gitVersion', version), stamp('gitMajor', '1'), stamp('gitMinor', minor)];
  // Debugging information that the linker would drop anyway is a tenth of the work.
  return ['-mod=readonly', '-trimpath', '-buildvcs=false', '-gcflags=all=-dwarf=false', '-ldflags', ['-s', '-w', ...stamps].join(' ')];
}

/** Builds the test cluster, unless that was done before: once for each state of its sources and each version of Go. Says on standard error what takes long. */
export async function testClusterPrograms(): Promise<TestClusterPrograms> {
  const goVersion = await requireGo(sources);
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'fairlead', 'test-cluster');
  const folder = join(cache, await digestOfSources(goVersion));
  const programs = { testCluster: join(folder, 'test-cluster'), kubectl: join(folder, 'kubectl') };
  if (await exists(folder)) return programs;
  await mkdir(cache, { recursive: true });
  await withLock(join(cache, 'lock'), async () => {
    if (await exists(folder)) return; // whoever held the lock before has built it
    await build(cache, folder);
  });
  return programs;
}

async function digestOfSources(goVersion: string): Promise<string> {
  const hash = createHash('sha256').update(`${goVersion} ${process.platform} ${process.arch}\n`);
  for (const name of (await readdir(sources)).sort()) hash.update(`${name}\n`).update(await readFile(join(sources, name)));
  hash.update(buildFlags('').join(' '));
  return hash.digest('hex').slice(0, 16);
}

/** The folder appears whole or not at all. */
async function build(cache: string, folder: string): Promise<void> {
  for (const name of await readdir(cache)) if (name.startsWith('unfinished-')) await rm(join(cache, name), { recursive: true });
  const unfinished = await mkdtemp(join(cache, 'unfinished-'));
  try {
    const version = await askGo(['list', '-m', '-f', '{{.Version}}', 'k8s.io/kubernetes'], sources);
    await compile(join(unfinished, 'test-cluster'), version);
    await symlink('test-cluster', join(unfinished, 'kubectl'));
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function compile(out: string, version: string): Promise<void> {
  say(`building Kubernetes ${version} for the first time: some four minutes on two cores, then never again`);
  const packages = (await askGo(['list', '-deps', '.'], sources)).split('\n').length;
  const child = spawn(goProgram, ['build', '-v', ...buildFlags(version), '-o', out, '.'], {
    cwd: sources,
    env: goSettings,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const closed = once(child, 'close');
  const said: string[] = [];
  let compiled = 0;
  // With -v, Go names each package that it compiles; whatever else it says belongs to a failure.
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    compiled += 1;
    if (compiled % 200 === 0) say(`${compiled.toString()} of at most ${packages.toString()} packages`);
  }
  await closed;
  if (child.exitCode !== 0) throw new Error(`go build failed: ${said.slice(-20).join('\n')}`);
  say('built');
}

function say(message: string): void {
  process.stderr.write(`test cluster: ${message}\n`);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
