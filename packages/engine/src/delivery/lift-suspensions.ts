import { DeliveryTarget, EnvironmentId, recordedEvidence, textAt, UpstreamError, type JsonObject } from '@fairlead/domain';
import type { EnginePorts } from '../engine-ports.ts';
import { fairleadActor } from '../promotion/promotion-evidence.ts';
import { resumeTarget } from './suspend-target.ts';

type Ports = Pick<EnginePorts, 'store' | 'signer' | 'clock' | 'delivery' | 'repositories'>;

/** As many as are looked at: a suspension lasts days, and there are few. */
const newest = 500;

/** Ends the suspensions whose time is over. What can't be reached now is tried again the next time; it is given back. */
export async function liftSuspensions(ports: Ports): Promise<readonly UpstreamError[]> {
  const { items } = await ports.store.read((reader) => reader.evidence.list({ type: 'suspension' }, { limit: newest }));
  const now = ports.clock.now().toISOString();
  const faults: UpstreamError[] = [];
  for (const { target, environment } of expired(
    items.map(({ bundle }) => recordedEvidence(bundle).body),
    now,
  )) {
    try {
      await resumeTarget(ports, { environment, target, reason: 'its time is over' }, fairleadActor);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      faults.push(error);
    }
  }
  return faults;
}

interface Suspension {
  readonly target: DeliveryTarget;
  readonly environment: EnvironmentId;
}

/** The newest record of each target counts. */
function expired(newestFirst: readonly JsonObject[], now: string): readonly Suspension[] {
  const latest = new Map<string, JsonObject>();
  for (const body of newestFirst) {
    const target = textAt(body, 'target') ?? '';
    if (!latest.has(target)) latest.set(target, body);
  }
  return [...latest.values()].flatMap((body) => {
    const until = textAt(body, 'until');
    const target = DeliveryTarget.safeParse(body);
    const environment = EnvironmentId.safeParse(textAt(body, 'environment'));
    const over = textAt(body, 'action') === 'suspend' && until !== undefined && until <= now;
    return over && target.success && environment.success ? [{ target: target.data, environment: environment.data }] : [];
  });
}
