import { apiVersion, type EvidenceView } from '@fairlead/api';
import { NotFoundError, recordedEvidence, recordSummary, trustPolicyOf, writeTlogProof, type Digest } from '@fairlead/domain';
import type { EnginePorts, EvidenceLog, StoredRecord } from '@fairlead/engine';
import type { Handlers } from '../handler.ts';
import { pagingOf } from '../paging.ts';
import { requireEnvironment, seesEnvironment } from '../session.ts';
import { idOf } from './promotions.ts';

export function evidenceHandlers({ store }: EnginePorts, log: EvidenceLog): Pick<Handlers, 'listEvidence' | 'getEvidence' | 'getTrust'> {
  return {
    async listEvidence({ query, session }) {
      const { promotion, environment, type, since, until } = query;
      const filter = {
        ...(promotion === undefined ? {} : { promotion }),
        ...(environment === undefined ? {} : { environment: idOf(environment, undefined) }),
        ...(type === undefined ? {} : { type }),
        ...(since === undefined ? {} : { since: new Date(since) }),
        ...(until === undefined ? {} : { until: new Date(until) }),
      };
      const page = await store.read((reader) => reader.evidence.list(filter, pagingOf(query)));
      const items = page.items
        .filter((record) => record.environment === undefined || seesEnvironment(session, record.environment))
        .map(view);
      return { apiVersion, kind: 'EvidenceList', items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) };
    },

    async getEvidence({ params, session }) {
      const record = await store.read((reader) => reader.evidence.get(params.digest));
      if (record === 'absent') throw new NotFoundError('evidence-unknown', `no record ${params.digest}`);
      if (record.environment !== undefined) requireEnvironment(session, record.environment);
      const proof = record.index === undefined ? undefined : await proofOf(log, record.digest);
      return { ...view(record), bundle: Buffer.from(record.bundle).toString('utf8'), ...(proof === undefined ? {} : { proof }) };
    },

    async getTrust() {
      return trustPolicyOf(await log.keys(), await log.checkpoint());
    },
  };
}

/** As a C2SP tlog-proof. */
async function proofOf(log: EvidenceLog, record: Digest): Promise<string | undefined> {
  const { checkpoint, places } = await log.prove([record]);
  const place = places.get(record);
  return place === undefined ? undefined : writeTlogProof(place.index, place.proof, checkpoint);
}

function view({ digest, type, environment, promotion, at, index, bundle }: StoredRecord): EvidenceView {
  const summary = recordSummary(type, recordedEvidence(bundle).body);
  return {
    digest,
    type,
    at,
    ...(environment === undefined ? {} : { environment }),
    ...(promotion === undefined ? {} : { promotion }),
    ...(index === undefined ? {} : { index }),
    ...(summary === undefined ? {} : { summary }),
  };
}
