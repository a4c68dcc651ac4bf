import { digestOf } from '@fairlead/domain';
import { parseDocument, stringify } from 'yaml';
import { z } from 'zod';

const Manifest = z.object({
  metadata: z.object({ service: z.string(), version: z.string() }),
  source: z.object({ repository: z.string(), commit: z.string() }),
  components: z.array(z.object({ name: z.string(), image: z.object({ repository: z.string(), digest: z.string() }) })),
  schema: z.object({ id: z.string() }),
  seeds: z.object({ id: z.string() }),
  profiles: z.record(z.string(), z.json()),
  artifacts: z.array(z.object({ name: z.string() })),
});

/** A release of the example: what its manifest says, its bytes, and its digest. */
export interface PinnedManifest {
  readonly document: z.infer<typeof Manifest>;
  readonly text: string;
  readonly digest: string;
}

interface ManifestSource {
  readonly commit: string;
  readonly createdAt: string;
  readonly baseDigest: string;
}

/** The manifest with the source that it is built from. All else in it is a person's: images, schema, seeds, profiles. */
export function pinManifest(text: string, { commit, createdAt, baseDigest }: ManifestSource): PinnedManifest {
  const source = parseDocument(text);
  const base = Manifest.parse(source.toJS()).artifacts.findIndex(({ name }) => name === 'base');
  source.setIn(['source', 'commit'], commit);
  source.setIn(['metadata', 'createdAt'], createdAt);
  source.setIn(['artifacts', base, 'digest'], baseDigest);

  const value = z.json().parse(source.toJS());
  return { document: Manifest.parse(value), text: stringify(value, { lineWidth: 0 }), digest: digestOf(value) };
}
