import { z } from 'zod';
import { Digest } from '../evidence/digest.ts';
import { foreignJson } from './foreign-json.ts';

/** in-toto Statement v1, and v0.1, which SLSA v0.2 came with. */
const ForeignStatement = z.looseObject({
  _type: z.enum(['https://in-toto.io/Statement/v1', 'https://in-toto.io/Statement/v0.1']),
  subject: z.array(z.looseObject({ digest: z.record(z.string(), z.string()) })).min(1),
  predicateType: z.string().min(1),
  predicate: z.unknown(),
});

/** Something that was said of things that are known by their digests. */
export interface AttestedStatement {
  readonly subjects: readonly Digest[];
  readonly predicateType: string;
  readonly predicate: unknown;
}

export function readAttestedStatement(payload: Uint8Array): AttestedStatement | undefined {
  const read = ForeignStatement.safeParse(foreignJson(payload)).data;
  if (read === undefined) return undefined;
  const subjects = read.subject.flatMap(({ digest }) => {
    const parsed = Digest.safeParse(`sha256:${digest['sha256'] ?? ''}`);
    return parsed.success ? [parsed.data] : [];
  });
  return { subjects, predicateType: read.predicateType, predicate: read.predicate };
}

/** What cosign 3 signs an image with. */
export const cosignSignPredicate = 'https://sigstore.dev/cosign/sign/v1';
