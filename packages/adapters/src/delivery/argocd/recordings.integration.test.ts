import { readdirSync, readFileSync } from 'node:fs';
import { assessDelivery, operationInfo, type DeliveryVerdict, type ExpectedDelivery, type ObservedArgoCd } from '@fairlead/domain';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { observeApplication } from './observe-application.ts';
import { Application, RawApplication } from './schema.ts';

const fixture = (name: string): string => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');

/** The recorder put its own id where ours goes. */
const asOurs = (recorded: string): string => recorded.replaceAll('recorder/release-id', operationInfo.operation);

const observedAt = '2026-11-23T15:40:00Z';

function replay(object: unknown): ObservedArgoCd {
  const application = Application.parse(object);
  const { namespace, name } = application.metadata;
  const target = { controller: 'argocd', cluster: 'recorded', namespace, name } as const;
  return observeApplication({ target, observedAt, application, status: RawApplication.parse(object).status });
}

const first = 'b16a9a9686aa615922fafcaa1df7b54f4cc9666e';
const second = '5965d160a29f9ce5f40213080c0f58d004c19a72';

/** The recording's own operation, or the one that was to follow. Of two commits the second has the first and other inputs. */
function expectedOf({ operation }: ObservedArgoCd, next: Partial<ExpectedDelivery> = {}): ExpectedDelivery {
  const commit = next.commit ?? operation?.revisions[0] ?? z.string().catch(first).parse(operation?.asked['revision']);
  return {
    commit,
    operation: 'r-1',
    ...(operation === undefined ? {} : { asked: operation.asked }),
    containment: commit === first ? { [second]: 'differs' } : { [first]: 'not-contained' },
    statusMaxAgeMs: 360_000,
    ...next,
  };
}

/** Shortly after the last thing that the controller says it did. */
function momentOf({ reconciledAt, operation }: ObservedArgoCd): Date {
  const times = [reconciledAt, operation?.finishedAt].map((at) => Date.parse(at ?? ''));
  return new Date(Math.max(0, ...times.filter((time) => !Number.isNaN(time))) + 5_000);
}

const rows = fixture('INDEX.tsv')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => z.tuple([z.string(), z.string()]).rest(z.string()).parse(line.split('\t')));

describe('recordings of Argo CD', () => {
  it.each(rows)('%s is %s', (file, verdict) => {
    const seen = replay(JSON.parse(asOurs(fixture(file))));
    const next = file.startsWith('argo-40') ? { commit: second, operation: 'r-2', asked: { revision: second } } : {};

    expect(assessDelivery(expectedOf(seen, next), seen, momentOf(seen)).kind).toBe(verdict);
  });

  it('are all named in the index', () => {
    const files = readdirSync(new URL('./fixtures', import.meta.url)).filter((file) => file.endsWith('.json'));

    expect(rows.map(([file]) => file)).toEqual(files.toSorted());
  });

  it.each(rows.filter(([, verdict]) => verdict === 'delivered'))('%s is stale when nobody has looked for too long', (file) => {
    const seen = replay(JSON.parse(asOurs(fixture(file))));
    const later = new Date(momentOf(seen).getTime() + 360_001);

    expect(assessDelivery(expectedOf(seen), seen, later).kind).toBe('stale');
  });
});

const events = asOurs(fixture('argo-applications-watch.ndjson'))
  .trimEnd()
  .split('\n')
  .map((line) => z.object({ object: z.unknown() }).parse(JSON.parse(line)).object);

/** From the raw object and by another way than the code's: what a person would call the end of a good sync. */
function isFinalState(object: unknown): boolean {
  const Final = z.object({
    operation: z.undefined().optional(),
    status: z.object({
      sync: z.object({ status: z.literal('Synced'), revision: z.string() }),
      health: z.object({ status: z.literal('Healthy') }),
      reconciledAt: z.string(),
      operationState: z.object({ phase: z.literal('Succeeded'), finishedAt: z.string(), syncResult: z.object({ revision: z.string() }) }),
    }),
  });
  const parsed = Final.safeParse(object);
  if (!parsed.success) return false;
  const { sync, reconciledAt, operationState } = parsed.data.status;
  return reconciledAt >= operationState.finishedAt && sync.revision === operationState.syncResult.revision;
}

/** Operations begin where the last one's account was removed; the first part is what was there before any. */
function perOperation(): readonly (readonly DeliveryVerdict['kind'][])[] {
  const parts: DeliveryVerdict['kind'][][] = [[]];
  for (const event of events) {
    const seen = replay(event);
    const { kind } = assessDelivery(expectedOf(seen), seen, momentOf(seen));
    if (seen.operationPending && seen.operation === undefined) parts.push([]);
    const part = parts.at(-1);
    if (part?.at(-1) !== kind) part?.push(kind);
  }
  return parts;
}

describe('a recorded watch, event by event', () => {
  it('says delivered in exactly the final states of good syncs', () => {
    for (const event of events) {
      const seen = replay(event);
      const { kind } = assessDelivery(expectedOf(seen), seen, momentOf(seen));

      expect([kind === 'delivered', seen.vendor]).toEqual([isFinalState(event), seen.vendor]);
    }
  });

  it('starts each operation in progress and never goes from failed to anything', () => {
    const [before, ...operations] = perOperation();

    expect(before).toEqual(['not-yet']);
    expect(operations).toHaveLength(22);
    for (const verdicts of operations) {
      expect(verdicts[0]).toBe('in-progress');
      expect(verdicts.slice(0, -1)).not.toContain('failed');
    }
  });

  it('tells the first sync and the drift after it as they happened', () => {
    expect(perOperation()[1]).toEqual(['in-progress', 'delivered', 'out-of-sync']);
  });
});
