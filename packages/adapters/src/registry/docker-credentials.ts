import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidError } from '@fairlead/domain';
import { z } from 'zod';
import type { Credential, FindCredential } from './credential.ts';
import { askHelper } from './credential-helper.ts';

const Entry = z.object({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional(),
  registrytoken: z.string().optional(),
});
type Entry = z.infer<typeof Entry>;

const DockerConfig = z.object({
  auths: z.record(z.string(), Entry).default({}),
  credHelpers: z.record(z.string(), z.string()).default({}),
  credsStore: z.string().optional(),
});
type DockerConfig = z.infer<typeof DockerConfig>;

export interface DockerSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly helperTimeoutMs?: number;
}

/** The sign-ins that `docker login`, `podman login` and CI leave behind: `auths`, `credHelpers` and `credsStore` of the first configuration that is there. */
export function dockerCredentials(surroundings: DockerSurroundings): FindCredential {
  const loaded = new Map<'config', Promise<DockerConfig | 'absent'>>();
  return async ({ host, path }) => {
    const reading = loaded.get('config') ?? readConfig(configPaths(surroundings.env));
    loaded.set('config', reading);
    const config = await reading;
    return config === 'absent' ? 'none' : credentialIn(config, { names: namesOf(host, path), surroundings });
  };
}

function configPaths(env: DockerSurroundings['env']): readonly string[] {
  const named = env['REGISTRY_AUTH_FILE'];
  if (named !== undefined && named !== '') return [named];
  const folder = env['DOCKER_CONFIG'];
  if (folder !== undefined && folder !== '') return [join(folder, 'config.json')];
  const home = env['HOME'];
  const runtime = env['XDG_RUNTIME_DIR'];
  return [
    ...(home === undefined ? [] : [join(home, '.docker', 'config.json')]),
    ...(runtime === undefined ? [] : [join(runtime, 'containers', 'auth.json')]),
  ];
}

async function readConfig(paths: readonly string[]): Promise<DockerConfig | 'absent'> {
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const config = DockerConfig.safeParse(parseJson(text));
    if (config.success) return config.data;
    throw new InvalidError('docker-config-invalid', `${path} is no configuration of docker`, {
      hint: 'repair it, or sign in again: docker login',
    });
  }
  return 'absent';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a sign-in may be kept by, the closest first: podman has repositories and folders too, Docker Hub an old address. */
function namesOf(host: string, path: string): readonly string[] {
  const steps = path.split('/');
  const deeper = steps.map((_, index) => `${host}/${steps.slice(0, steps.length - index).join('/')}`);
  const hub = host === 'docker.io' ? ['index.docker.io', 'registry-1.docker.io'] : [];
  return [...deeper, host, ...hub];
}

interface Wanted {
  readonly names: readonly string[];
  readonly surroundings: DockerSurroundings;
}

async function credentialIn(config: DockerConfig, { names, surroundings }: Wanted): Promise<Credential | 'none'> {
  const { auths, credHelpers, credsStore } = config;
  const ask = (helper: string, server: string): Promise<Credential | 'none'> => askHelper({ helper, server, ...surroundings });
  for (const name of names) {
    const helper = credHelpers[name];
    if (helper !== undefined) return ask(helper, name);
  }
  const [key, entry] = entryFor(auths, names) ?? [];
  const kept = entry === undefined ? 'none' : credentialOf(entry);
  if (kept !== 'none' || credsStore === undefined) return kept;
  return ask(credsStore, key ?? serverOf(names));
}

/** Docker signs in to its hub under this address, and asks helpers by it. */
function serverOf(names: readonly string[]): string {
  return names.includes('docker.io') ? 'https://index.docker.io/v1/' : (names.at(-1) ?? '');
}

function entryFor(auths: DockerConfig['auths'], names: readonly string[]): readonly [string, Entry] | undefined {
  const plain = (key: string): string => key.replace(/^https?:\/\//, '').replace(/\/(?:v[12]\/?)?$/, '');
  for (const name of names) {
    const found = Object.entries(auths).find(([key]) => plain(key) === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function credentialOf({ auth, username, password, identitytoken, registrytoken }: Entry): Credential | 'none' {
  if (registrytoken !== undefined && registrytoken !== '') return { kind: 'registry-token', token: registrytoken };
  if (identitytoken !== undefined && identitytoken !== '') return { kind: 'identity-token', token: identitytoken };
  if (username !== undefined && username !== '' && password !== undefined) return { kind: 'password', user: username, password };
  const plain = Buffer.from(auth ?? '', 'base64')
    .toString('utf8')
    .replace(/\0+$/, '');
  const at = plain.indexOf(':');
  return at < 1 ? 'none' : { kind: 'password', user: plain.slice(0, at), password: plain.slice(at + 1) };
}
