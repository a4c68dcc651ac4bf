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
  const texts = Recorded.parse(JSON.parse(readFileSync(recordings, 'utf8'))).flatMap((pair) =>
    Array<readonly [string, string]>(pair.count).fill([JSON.stringify(pair.desired), JSON.stringify(pair.live)]),
  );
  return Array.from({ length: count }, (_, index) => {
    const [desired = '', live = ''] = texts[index % texts.length] ?? [];
    const named = { desired: renamed(desired, index), live: renamed(live, index) };
    return index % 100 === 7 ? { ...named, live: edited(named.live) } : named;
  });
}

function renamed(text: string, index: number): JsonObject {
  const object = FreeMap.parse(JSON.parse(text));
  const metadata = FreeMap.parse(object['metadata']);
  return { ...object, metadata: { ...metadata, name: `${kindOf(object)}-${String(index)}` } };
}

function kindOf({ kind }: JsonObject): string {
  return typeof kind === 'string' ? kind.toLowerCase() : '';
}

/** As `kubectl annotate` would. */
function edited(live: JsonObject): JsonObject {
  const metadata = FreeMap.parse(live['metadata']);
  const annotations = FreeMap.parse(metadata['annotations'] ?? {});
  return { ...live, metadata: { ...metadata, annotations: { ...annotations, 'example.com/edited': 'by hand' } } };
}
