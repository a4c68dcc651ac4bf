import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerUser } from './server-user.ts';

const identityMap = 'fairlead';

/** Every name here is a role that the supervisor's user may take. The superuser is initdb's; it provisions, nothing else connects as it. */
export const roles = { superuser: 'fairlead', owner: 'fairlead_owner', app: 'fairlead_app' } as const;
export type Role = keyof typeof roles;

export interface AccessRules {
  readonly hbaFile: string;
  readonly identFile: string;
}

/** Who may connect: processes of the supervisor's user and of root. The kernel says who asks, and `nobody`, whom other services share, isn't among them.
 *  Outside the data directory: as root, the server's own user must not be able to change them. */
export async function writeAccessRules(directory: string, { supervisor }: ServerUser): Promise<AccessRules> {
  const users = [...new Set([supervisor, 'root'])];
  const map = users.flatMap((user) => Object.values(roles).map((role) => `${identityMap} "${user}" ${role}\n`));
  const rules = { hbaFile: join(directory, 'pg_hba.conf'), identFile: join(directory, 'pg_ident.conf') };
  await mkdir(directory, { recursive: true, mode: 0o755 });
  await replaceFile(rules.hbaFile, `local all all peer map=${identityMap}\n`);
  await replaceFile(rules.identFile, map.join(''));
  return rules;
}

async function replaceFile(path: string, content: string): Promise<void> {
  const partial = `${path}.new-${String(process.pid)}`;
  await writeFile(partial, content, { mode: 0o644 });
  await rename(partial, path);
}
