import {
  adoptEdits,
  adoptPatch,
  ConflictError,
  jsonEquals,
  objectKey,
  objectName,
  objectRefOf,
  type Actor,
  type DriftAction,
  type DriftId,
  type DriftItem,
  type Edit,
  type JsonObject,
} from '@fairlead/domain';
import { editedSnapshot } from '../desired-state/edited-snapshot.ts';
import { overlayOf } from '../desired-state/overlay-text.ts';
import type { EnginePorts } from '../engine-ports.ts';
import type { Change } from '../ports/forge.ts';
import type { TreeSnapshot } from '../ports/file-snapshot.ts';
import { environmentConfiguration, type EnvironmentConfiguration } from '../service/environment-configuration.ts';
import { environmentPath } from '../service/environment-path.ts';
import { isMap } from './desired-objects.ts';
import { environmentEvidence } from './environment-evidence.ts';
import { openDrift } from './open-drift.ts';
import { actionBody } from './request-reconcile.ts';
import { requireReason } from './require-reason.ts';

export interface AdoptRequest {
  readonly drift: DriftId;
  readonly reason: string;
  readonly dryRun: boolean;
}

export type Adopted =
  | { readonly kind: 'planned'; readonly edits: readonly Edit[] }
  | { readonly kind: 'opened'; readonly action: DriftAction }
  | { readonly kind: 'refused'; readonly message: string; readonly fix: string };

/** Opens a change that takes the live value into Git, for people to review and merge like any other. Never merges it, and never takes a secret. */
export async function adoptDrift(ports: EnginePorts, request: AdoptRequest, actor: Actor): Promise<Adopted> {
  requireReason(request.reason);
  const { environment, item } = await openDrift(ports, request.drift);
  const patch = adoptPatch(item);
  if (patch.kind === 'refused') return patch;
  const configuration = await environmentConfiguration(ports, environment);
  const files = await configuration.repository.git.snapshot(configuration.commit);
  const planned = await planAdoption(ports, { configuration, files }, { item, patch: patch.patch });
  if (planned.kind !== 'planned' || request.dryRun) return planned;

  const { uid: _uid, ...object } = item.object;
  const at = ports.clock.now().toISOString();
  const action: DriftAction = {
    id: ports.ids.driftAction(),
    environment,
    target: item.target,
    kind: 'adopt',
    object,
    drift: [item.id],
    reason: request.reason,
    requestedBy: actor,
    requestedAt: at,
    status: 'requested',
  };
  await record(ports, action);
  const change = await openChange(configuration, { item, action, edits: planned.edits, at: new Date(at) });
  const detail = `change ${String(change.number)} is open: ${change.url}`;
  const opened: DriftAction = { ...action, status: 'done', change: { number: change.number, url: change.url }, detail, endedAt: at };
  await record(ports, opened);
  return { kind: 'opened', action: opened };
}

interface Checkout {
  readonly configuration: EnvironmentConfiguration;
  readonly files: TreeSnapshot;
}

type PlannedAdoption = Exclude<Adopted, { kind: 'opened' }>;

const byHand = 'change the files of the environment by a reviewed change, or reconcile it';

/** The edits, tried: the render with them must differ in this one object. */
async function planAdoption(
  ports: EnginePorts,
  { configuration, files }: Checkout,
  { item, patch }: { readonly item: DriftItem; readonly patch: JsonObject },
): Promise<PlannedAdoption> {
  const path = environmentPath(configuration);
  const overlay = await overlayOf(files, path);
  if (overlay.text === undefined) return refused(`${path} has no kustomization`);
  const before = await ports.renderer.render(path, files);
  if (before.kind === 'failed') return refused(`${path} does not render: ${before.message}`);
  const kustomization = { path: overlay.path, text: overlay.text };
  // A kustomization that sets the namespace patches objects that don't have it yet.
  const outcomes = [patch, withoutNamespace(patch)].map(async (variant) => {
    const planned = adoptEdits({ item, kustomization, patch: variant });
    if (planned.kind === 'refused') return refused(planned.message);
    const after = await ports.renderer.render(path, editedSnapshot(files, planned.edits, files));
    if (after.kind === 'failed') return refused(`${path} does not render with the patch: ${after.message}`);
    return judge(item, planned.edits, changedObjects(before.objects, after.objects));
  });
  const [first, second] = await Promise.all(outcomes);
  return [first, second].find((outcome) => outcome?.kind === 'planned') ?? first ?? refused('nothing could be tried');
}

function judge(item: DriftItem, edits: readonly Edit[], changed: readonly string[]): PlannedAdoption {
  const name = objectName(item.object);
  if (changed.length === 0) return { kind: 'refused', message: `${name} is already like that on the branch`, fix: 'deliver the branch' };
  const others = changed.filter((other) => other !== name);
  return others.length > 0 ? refused(`the patch would change ${others.join(', ')} too`) : { kind: 'planned', edits };
}

function refused(message: string): PlannedAdoption {
  return { kind: 'refused', message, fix: byHand };
}

function withoutNamespace({ metadata, ...patch }: JsonObject): JsonObject {
  const { namespace: _namespace, ...rest } = isMap(metadata) ? metadata : {};
  return { ...patch, metadata: rest };
}

function changedObjects(before: readonly JsonObject[], after: readonly JsonObject[]): readonly string[] {
  const [one, other] = [before, after].map((objects) => new Map(objects.map((object) => [objectKey(objectRefOf(object)), object])));
  const keys = new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])]);
  return [...keys].flatMap((key) => {
    const [was, is] = [one?.get(key), other?.get(key)];
    if (was !== undefined && is !== undefined && jsonEquals(was, is)) return [];
    return [objectName(objectRefOf(is ?? was ?? {}))];
  });
}

interface ToOpen {
  readonly item: DriftItem;
  readonly action: DriftAction;
  readonly edits: readonly Edit[];
  readonly at: Date;
}

async function openChange({ repository, commit }: EnvironmentConfiguration, { item, action, edits, at }: ToOpen): Promise<Change> {
  const { git, forge, branch: base } = repository;
  const branch = `fairlead/adopt/${action.environment}/${item.id.slice(2, 14)}`;
  const title = `Adopt ${objectName(item.object)}${item.path} in ${action.environment}`;
  const message = [title, '', action.reason, '', `Fairlead-Drift: ${item.id}`, `Requested-By: ${action.requestedBy.id}`].join('\n');
  const head = await git.commit({ parents: [commit], base: commit, edits, message, at });
  const pushed = await git.push(branch, head, 'absent');
  if (pushed.kind === 'moved') {
    throw new ConflictError('adopt-branch-exists', `the branch ${branch} is there already`, {
      hint: 'merge or close the change that is open from it, and delete the branch',
    });
  }
  return forge.openChange({ branch, base, head, title, body: `${action.reason}\n\nTakes what is live into Git. Found as ${item.id}.` });
}

async function record({ signer, store }: EnginePorts, action: DriftAction): Promise<void> {
  const { environment, requestedBy: actor, requestedAt: at } = action;
  const signed = await signer.sign(environmentEvidence(environment, 'drift-action', { at, actor, body: actionBody(action) }));
  await store.transact(async (tx) => {
    await tx.write.drift.act(action);
    await tx.write.evidence.append(signed);
  });
}
