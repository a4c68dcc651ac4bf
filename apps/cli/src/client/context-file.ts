import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

const Context = z.strictObject({ name: z.string(), server: z.string(), token: z.string() });
const ContextFile = z.strictObject({ current: z.string().optional(), contexts: z.array(Context) });
export type Context = z.infer<typeof Context>;

/** `$XDG_CONFIG_HOME/fairlead/config.yaml`, or what FAIRLEAD_CONFIG names. */
export function contextFilePath({ env }: Terminal): string {
  const named = env['FAIRLEAD_CONFIG'];
  if (named !== undefined && named !== '') return named;
  return join(env['XDG_CONFIG_HOME'] ?? join(env['HOME'] ?? '/', '.config'), 'fairlead', 'config.yaml');
}

async function readContexts(path: string): Promise<z.infer<typeof ContextFile>> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return { contexts: [] };
  const file = ContextFile.safeParse(parse(text));
  if (file.success) return file.data;
  throw new UsageError(`${path} is not a Fairlead configuration`, 'move it away and sign in again: fairlead login --link URL');
}

/** The server and token to use: environment, then the named or current context. `undefined`: nobody has signed in. */
export async function currentContext(terminal: Terminal): Promise<{ readonly server: string; readonly token: string } | undefined> {
  const { env } = terminal;
  const { current, contexts } = await readContexts(contextFilePath(terminal));
  const named = env['FAIRLEAD_CONTEXT'] ?? current;
  const context = contexts.find(({ name }) => name === named);
  const server = env['FAIRLEAD_SERVER'] ?? context?.server;
  const token = env['FAIRLEAD_TOKEN'] ?? context?.token;
  return server === undefined || token === undefined ? undefined : { server, token };
}

/** Adds or replaces the context and makes it the current one. The file is written whole and readable by its owner alone. */
export async function saveContext(terminal: Terminal, context: Context): Promise<string> {
  const path = contextFilePath(terminal);
  const { contexts } = await readContexts(path);
  const next = { current: context.name, contexts: [...contexts.filter(({ name }) => name !== context.name), context] };
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const partial = `${path}.${String(process.pid)}`;
  await writeFile(partial, stringify(next), { mode: 0o600 });
  await chmod(partial, 0o600);
  await rename(partial, path);
  return path;
}
