import { apiVersion, type EvidenceView } from '@fairlead/api';
import { NotFoundError, type Digest } from '@fairlead/domain';
import type { EnginePorts, StoredRecord } from '@fairlead/engine';
import type { Handlers } from '../handler.ts';
import { pagingOf } from '../paging.ts';
import { requireEnvironment, seesEnvironment } from '../session.ts';
import { idOf } from './promotions.ts';

/** `proof` gives the inclusion proof of a sequenced record as a C2SP tlog-proof. */
export interface EvidenceLog {
  proof(record: Digest): Promise<string>;
}

export function evidenceHandlers({ store }: EnginePorts, log: EvidenceLog): Pick<Handlers, 'listEvidence' | 'getEvidence'> {
  return {
    async listEvidence({ query, session }) {
      const { promotion, environment, type } = query;
      const filter = {
        ...(promotion === undefined ? {} : { promotion }),
        ...(environment === undefined ? {} : { environment: idOf(environment, undefined) }),
        ...(type === undefined ? {} : { type }),
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
      const proof = record.index === undefined ? undefined : await log.proof(record.digest);
      return { ...view(record), bundle: Buffer.from(record.bundle).toString('utf8'), ...(proof === undefined ? {} : { proof }) };
    },
  };
}

function view({ digest, type, environment, promotion, at, index }: StoredRecord): EvidenceView {
  return {
    digest,
    type,
    at,
    ...(environment === undefined ? {} : { environment }),
    ...(promotion === undefined ? {} : { promotion }),
    ...(index === undefined ? {} : { index }),
  };
}
