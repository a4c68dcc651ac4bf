import { readFileSync } from 'node:fs';
import { FreeMap, type JsonObject } from '@fairlead/domain';
import { z } from 'zod';

/** A desired object, and what a Kubernetes 1.36 API server made of it: defaults, status and `managedFields` included. */
export interface RealisticPair {
  readonly desired: JsonObject;
  readonly live: JsonObject;
}

const Recorded = z.array(z.object({ count: z.int(), desired: FreeMap, live: FreeMap }));

const recordings = new URL('fixtures/pairs.json', import.meta.url);

/** So many pairs of a team's usual mix: ten objects a service, 1.4 to 15 kB each as JSON, 4.6 kB on average. One in a hundred was edited by hand. No two share any
 *  part, as none do that come from a watch. */
export function realisticPairs(count: number): readonly RealisticPair[] {
  const pairOf = recordedPairs();
  return Array.from({ length: count }, (_, index) => pairOf(index));
}

/** The same, one by one. */
export function recordedPairs(): (index: number) => RealisticPair {
  const texts = Recorded.parse(JSON.parse(readFileSync(recordings, 'utf8'))).flatMap((pair) =>
    Array<readonly [string, string]>(pair.count).fill([JSON.stringify(pair.desired), JSON.stringify(pair.live)]),
  );
  return (index) => {
    const [desired = '', live = ''] = texts[index % texts.length] ?? [];
    const named = { desired: renamed(desired, index), live: renamed(live, index) };
    return isEdited(index) ? { ...named, live: edited(named.live) } : named;
  };
}

/** What of them is live, as it comes over the wire. */
export function* liveTexts(count: number): Generator<string> {
  const pairOf = recordedPairs();
  for (let index = 0; index < count; index += 1) yield JSON.stringify(pairOf(index).live);
}

export function isEdited(index: number): boolean {
  return index % 100 === 7;
}

function renamed(text: string, index: number): JsonObject {
  const object = parsed(text);
  return { ...object, metadata: { ...metadataOf(object), name: `${kindOf(object)}-${String(index)}` } };
}

/** Checked when they were read: checking a hundred thousand again takes longer than what is measured. */
function parsed(text: string): JsonObject {
  const object: unknown = JSON.parse(text);
  return isObject(object) ? object : {};
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function metadataOf({ metadata }: JsonObject): JsonObject {
  return isObject(metadata) ? metadata : {};
}

function kindOf({ kind }: JsonObject): string {
  return typeof kind === 'string' ? kind.toLowerCase() : '';
}

/** As `kubectl annotate` would. */
function edited(live: JsonObject): JsonObject {
  const metadata = metadataOf(live);
  const { annotations } = metadata;
  const kept = isObject(annotations) ? annotations : {};
  return { ...live, metadata: { ...metadata, annotations: { ...kept, 'example.com/edited': 'by hand' } } };
}
