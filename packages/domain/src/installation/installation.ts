import { z } from 'zod';
import { apiVersion } from '../document/document-identity.ts';
import { hostPattern, portPattern } from '../document/host-pattern.ts';
import { label } from '../document/label.ts';
import { parseDocument, type Parsed, type ReadingMode } from '../document/parse-document.ts';
import { unique } from '../document/unique.ts';
import { GitRef } from '../service/git-ref.ts';
import { RepositoryUrl } from '../service/repository-url.ts';
import { ClusterName } from './cluster-name.ts';
import { HostPort } from './host-port.ts';
import { SecretReference } from './secret-reference.ts';

const ServerUrl = z
  .string()
  .regex(
    new RegExp(`^https?://${hostPattern}${portPattern}?(?:/[^\\s@?#]*)?$`),
    'expected an http:// or https:// address without credentials',
  )
  .brand<'ServerUrl'>();

const BranchName = z
  .string()
  .refine((name) => GitRef.safeParse(`refs/heads/${name}`).success, { error: 'expected a branch name such as main' })
  .brand<'BranchName'>();

const AbsolutePath = z
  .string()
  .regex(/^\/[^\0\r\n]*$/, 'expected an absolute path')
  .brand<'AbsolutePath'>();

/** A repository that the server works on. `forge`: where its changes are reviewed. */
export const InstalledRepository = z
  .strictObject({
    name: label('repository name'),
    url: RepositoryUrl,
    branch: BranchName.prefault('main'),
    forge: z.enum(['local', 'github', 'gitlab', 'gitea']).default('local'),
    credentials: SecretReference.exactOptional(),
  })
  .readonly();
export type InstalledRepository = z.infer<typeof InstalledRepository>;

/** A cluster that the server reads. `server`: the address by which Argo CD and Flux know it; `allowExec`: the kubeconfig may run programs to sign in. */
export const InstalledCluster = z
  .strictObject({
    name: ClusterName,
    kubeconfig: SecretReference.exactOptional(),
    context: z.string().min(1).exactOptional(),
    server: ServerUrl.exactOptional(),
    allowExec: z.boolean().default(false),
  })
  .readonly();
export type InstalledCluster = z.infer<typeof InstalledCluster>;

const Keys = z.strictObject({ record: SecretReference.exactOptional(), log: SecretReference.exactOptional() }).readonly();

/** `fairlead.yaml`: how one server is set up. Everything has a default; secrets stand elsewhere.
 *  `guard.allow`: the private addresses that checks and webhooks may call. */
export const Installation = z
  .strictObject({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('Installation'),
    metadata: z
      .strictObject({ name: label('installation name') })
      .readonly()
      .exactOptional(),
    spec: z
      .strictObject({
        listen: HostPort.prefault('127.0.0.1:7420'),
        publicUrl: ServerUrl.exactOptional(),
        dataDir: AbsolutePath.exactOptional(),
        database: z.strictObject({ url: SecretReference }).readonly().exactOptional(),
        repositories: z.array(InstalledRepository).check(unique('repository', 'name')).readonly().default([]),
        clusters: z.array(InstalledCluster).check(unique('cluster', 'name')).readonly().default([]),
        guard: z
          .strictObject({ allow: z.array(HostPort).readonly().default([]) })
          .readonly()
          .prefault({}),
        keys: Keys.prefault({}),
      })
      .readonly()
      .prefault({}),
  })
  .readonly();
export type Installation = z.infer<typeof Installation>;

export function readInstallation(text: string, file: string, mode?: ReadingMode): Parsed<Installation> {
  return parseDocument({ kind: 'Installation', schema: Installation }, { text, file }, mode);
}
