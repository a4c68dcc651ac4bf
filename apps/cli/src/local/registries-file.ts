import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

const host = z.string().regex(/^[A-Za-z0-9[][\w.:[\]-]*$/, 'expected host or host:port');

const RegistriesFile = z.strictObject({
  registries: z.array(
    z.strictObject({
      host,
      plainHttp: z.boolean().exactOptional(),
      mirrors: z
        .array(
          z.strictObject({
            host,
            prefix: z.string().exactOptional(),
            plainHttp: z.boolean().exactOptional(),
            resolvesTags: z.boolean().exactOptional(),
          }),
        )
        .exactOptional(),
    }),
  ),
});

/** The user's own words on registries: `$XDG_CONFIG_HOME/fairlead/registries.yaml`, or what FAIRLEAD_REGISTRIES names. A repository has no say in it. */
export async function readRegistries(terminal: Terminal): Promise<z.infer<typeof RegistriesFile>['registries']> {
  const { path, named } = registriesPath(terminal);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (!named && error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new UsageError(`${path} can't be read`, 'correct FAIRLEAD_REGISTRIES, or the rights of the file');
  });
  if (text === undefined) return [];
  const file = RegistriesFile.safeParse(parsed(text));
  if (file.success) return file.data.registries;
  const because = file.error.issues.map(({ path: place, message }) => `${place.join('.')}: ${message}`).join('; ');
  throw new UsageError(`${path} does not say which registries there are: ${because}`, 'see docs/guides/releases.md');
}

function registriesPath({ env }: Terminal): { readonly path: string; readonly named: boolean } {
  const path = env['FAIRLEAD_REGISTRIES'] ?? '';
  if (path !== '') return { path, named: true };
  return { path: join(env['XDG_CONFIG_HOME'] ?? join(env['HOME'] ?? '/', '.config'), 'fairlead', 'registries.yaml'), named: false };
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
