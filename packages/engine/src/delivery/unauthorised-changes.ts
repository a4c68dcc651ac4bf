import {
  listAt,
  recordedEvidence,
  textAt,
  unauthorisedChange,
  type JsonObject,
  type SignedRecord,
  type UnauthorisedChange,
} from '@fairlead/domain';
import { environmentEvidence } from '../drift/environment-evidence.ts';
import { allRecords } from '../evidence/all-records.ts';
import type { Assessed, ObservedTarget } from '../readiness/assessed.ts';
import { environmentPath } from '../service/environment-path.ts';
import { mappedBody } from './mapped-body.ts';
import { releaseAt } from './release-at.ts';
import { targetName } from './same-target.ts';

/** One record for each sync past what the environment rests on: who, what and when, as far as the controller says. What is on record already, by target and
 *  revision, isn't recorded again. Signed, not yet appended. */
export async function unauthorisedChanges(context: Assessed, targets: readonly ObservedTarget[]): Promise<readonly SignedRecord[]> {
  const { ports, promotion } = context;
  const found = targets.flatMap((target) => changeOf(target) ?? []);
  if (found.length === 0 || (await isUnderWay(context))) return [];
  const known = await recorded(context);
  const fresh = found.filter(({ target, change }) => !known.has(keyOf(target, change.revisions)));
  const at = ports.clock.now().toISOString();
  return Promise.all(
    fresh.map(async ({ target, controller, change }) => {
      const [commit] = change.revisions;
      const body = {
        ...bodyOf(change),
        target,
        controller,
        rested: promotion.mergeCommit ?? null,
        mapped: await releaseOf(context, commit ?? ''),
      };
      const particulars = { at, body, ...(commit === undefined ? {} : { commit }) };
      return ports.signer.sign(environmentEvidence(promotion.environment, 'unauthorised-change', particulars));
    }),
  );
}

interface FoundChange {
  readonly target: string;
  readonly controller: string;
  readonly change: UnauthorisedChange;
}

function changeOf({ observation, verdict }: ObservedTarget): FoundChange | undefined {
  if (observation.kind === 'absent') return undefined;
  const change = unauthorisedChange(observation, verdict);
  return change === undefined ? undefined : { target: targetName(observation.target), controller: observation.controller, change };
}

/** What a promotion that is open does is its own. */
async function isUnderWay({ ports, promotion }: Assessed): Promise<boolean> {
  const open = await ports.store.read((reader) => reader.promotions.open(promotion.environment));
  return open.length > 0;
}

async function recorded({ ports, promotion }: Assessed): Promise<ReadonlySet<string>> {
  const filter = { environment: promotion.environment, type: 'unauthorised-change' } as const;
  const items = await ports.store.read((reader) => allRecords(reader, filter));
  const bodies = items.map(({ bundle }) => recordedEvidence(bundle).body);
  return new Set(bodies.map((body) => keyOf(textAt(body, 'target') ?? '', listAt(body, 'revisions').map(String))));
}

function keyOf(target: string, revisions: readonly string[]): string {
  return [target, ...revisions].join(' ');
}

function bodyOf({ revisions, by, at, reason }: UnauthorisedChange): JsonObject {
  return { revisions, by: by ?? 'unknown', syncedAt: at ?? null, reason };
}

async function releaseOf({ ports, configuration }: Assessed, revision: string): Promise<JsonObject> {
  const { repository, service } = configuration;
  const found = await releaseAt(ports, { service: service.metadata.name, path: environmentPath(configuration), revision, repository });
  return mappedBody(found);
}
