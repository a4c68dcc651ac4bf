import { z } from 'zod';
import { apiVersion } from '../document/document-identity.ts';
import { parseDocument, type Parsed, type ReadingMode } from '../document/parse-document.ts';
import { RepoPath } from '../document/repo-path.ts';
import { unique } from '../document/unique.ts';
import { ProfileName } from '../profile/profile-name.ts';
import { EnvironmentDelivery } from './environment-delivery.ts';
import { EnvironmentName } from './environment-name.ts';
import { Namespace } from './object-name.ts';
import { Tier } from './tier.ts';

/** `pinned`: the environment reads only its own folder and the release's copy of the base. `shared`: it reads a base that changes under it. */
export const Inputs = z.enum(['pinned', 'shared']);
export type Inputs = z.infer<typeof Inputs>;

/** `owned`: what is in the namespace without an owner and isn't desired, is drift. */
const EnvironmentNamespace = z.strictObject({ name: Namespace, owned: z.boolean().default(false) }).readonly();

/** A place where a service runs. `inputs` has a default by tier: `effectiveInputs`. */
export const Environment = z
  .strictObject({
    apiVersion: z.literal(apiVersion),
    kind: z.literal('Environment'),
    metadata: z.strictObject({ name: EnvironmentName }).readonly(),
    spec: z
      .strictObject({
        tier: Tier,
        path: RepoPath,
        profile: ProfileName,
        after: z.array(EnvironmentName).check(unique('environment')).readonly().default([]),
        inputs: Inputs.exactOptional(),
        delivery: EnvironmentDelivery,
        namespaces: z.array(EnvironmentNamespace).check(unique('namespace', 'name')).readonly().default([]),
      })
      .readonly(),
  })
  .superRefine(({ metadata, spec }, context) => {
    const index = spec.after.indexOf(metadata.name);
    if (index < 0) return;
    context.addIssue({
      code: 'custom',
      message: `environment ${JSON.stringify(metadata.name)} can't come after itself`,
      path: ['spec', 'after', index],
    });
  })
  .readonly();
export type Environment = z.infer<typeof Environment>;

export function readEnvironment(text: string, file: string, mode?: ReadingMode): Parsed<Environment> {
  return parseDocument({ kind: 'Environment', schema: Environment }, { text, file }, mode);
}

const inputsByTier = { dev: 'shared', staging: 'pinned', production: 'pinned' } as const satisfies Record<Tier, Inputs>;

export function effectiveInputs({ spec }: Environment): Inputs {
  return spec.inputs ?? inputsByTier[spec.tier];
}
