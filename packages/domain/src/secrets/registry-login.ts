import { z } from 'zod';

const Entry = z.object({
  auth: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional(),
  registrytoken: z.string().optional(),
});
const Config = z.object({ auths: z.record(z.string(), Entry).optional() });

/** Whether a `.dockerconfigjson` signs in nowhere: no entry, or entries that a credential helper fills. */
export function isEmptyRegistryLogin(text: string): boolean {
  const config = Config.safeParse(json(text));
  if (!config.success) return false;
  return Object.values(config.data.auths ?? {}).every((entry) =>
    Object.values(entry).every((value) => value === undefined || value === ''),
  );
}

function json(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
