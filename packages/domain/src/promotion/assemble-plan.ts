import type { CommitSha } from '../desired-state/commit-sha.ts';
import { changedImages } from '../desired-state/container-images.ts';
import { diffObjects, removedObjects } from '../desired-state/diff-objects.ts';
import { unprovenObjects, type UnprovenRender } from '../desired-state/unproven-render.ts';
import type { Edit } from '../desired-state/edit.ts';
import type { JsonObject } from '../document/json.ts';
import type { EnvironmentId } from '../environment/environment-id.ts';
import { type Digest, digestOf } from '../evidence/digest.ts';
import type { DeclaredMigration } from '../migration/declared-migration.ts';
import type { Plan } from './plan.ts';
import { planRisk } from './plan-risk.ts';

/** What an environment renders to. */
export interface RenderedObjects {
  readonly digest: Digest;
  readonly objects: readonly JsonObject[];
}

export interface PlanParts {
  readonly kind: Plan['kind'];
  readonly service: string;
  readonly environment: EnvironmentId;
  readonly release: Plan['release'];
  readonly migrations: readonly DeclaredMigration[];
  /** By what else than the commit its controllers render. */
  readonly unproven?: readonly UnprovenRender[];
  readonly base: CommitSha;
  readonly edits: readonly Edit[];
  /** `absent`: the environment doesn't render yet. */
  readonly before: RenderedObjects | 'absent';
  readonly after: RenderedObjects;
  /** What rendered them, by name. */
  readonly renderer?: Readonly<Record<string, string>>;
  /** Digests of what decides beside the release: the input closure, the configuration and the policy, as of the base. */
  readonly decidedBy: { readonly closure: Digest; readonly configuration: Digest; readonly policy: Digest };
  readonly at: Date;
}

/** Joins what was planned and rendered into one value. */
export function assemblePlan(parts: PlanParts): Plan {
  const { kind, service, environment, release, base, edits, before, after, decidedBy } = parts;
  const earlier = before === 'absent' ? [] : before.objects;
  const changes = diffObjects(earlier, after.objects);
  const unproven = [...(parts.unproven ?? []), ...unprovenObjects(after.objects)];
  const images = changedImages(earlier, after.objects);
  return {
    kind,
    service,
    environment,
    release,
    base,
    inputs: digestOf({ release: release.digest, ...decidedBy }),
    policy: decidedBy.policy,
    edits,
    before: before === 'absent' ? before : counted(before),
    after: counted(after),
    changes,
    images,
    removes: removedObjects(changes),
    risk: planRisk(changes, images, parts.migrations),
    ...(unproven.length === 0 ? {} : { unproven }),
    ...(parts.renderer === undefined ? {} : { renderer: parts.renderer }),
    at: parts.at.toISOString(),
  };
}

function counted({ digest, objects }: RenderedObjects): { readonly digest: Digest; readonly objects: number } {
  return { digest, objects: objects.length };
}
