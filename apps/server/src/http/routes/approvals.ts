import { apiVersion, type ApprovalState } from '@fairlead/api';
import { NotFoundError, type PromotionId } from '@fairlead/domain';
import { decideApproval, readApproval, type EnginePorts, type ReadApproval } from '@fairlead/engine';
import type { Handlers } from '../handler.ts';
import { pagingOf } from '../paging.ts';
import { RefusedError } from '../problem.ts';
import { requireEnvironment, seesEnvironment } from '../session.ts';
import { promotionById } from './promotions.ts';

export function approvalHandlers(ports: EnginePorts): Pick<Handlers, 'listApprovals' | 'getApproval' | 'decideApproval'> {
  return {
    async listApprovals({ query, session }) {
      const page = await ports.store.read((reader) => reader.promotions.list({ status: 'proposed' }, pagingOf(query)));
      const seen = page.items.filter(({ environment }) => {
        const name = environment.split('/')[1] ?? '';
        return (
          seesEnvironment(session, environment) &&
          (query.environment === undefined || query.environment === name || query.environment === environment)
        );
      });
      const read = await Promise.all(seen.map(({ id }) => readIfThere(ports, id)));
      const items = read.flatMap((state) => (state === 'gone' ? [] : [view(state)]));
      return { apiVersion, kind: 'ApprovalList', items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) };
    },

    async getApproval({ params, session }) {
      requireEnvironment(session, (await promotionById(ports, params.id)).environment);
      return view(await readApproval(ports, params.id));
    },

    async decideApproval({ params, body, session }) {
      requireEnvironment(session, (await promotionById(ports, params.id)).environment);
      const { decision, content, reason } = body;
      const decided = await decideApproval(
        ports,
        { promotion: params.id, decision, content, ...(reason === undefined ? {} : { reason }) },
        session.actor,
      );
      if (decided.kind === 'decided') return { approval: decided.approval };
      throw new RefusedError({ code: `approval-${decided.code}`, status: 409, message: decided.message });
    },
  };
}

/** A promotion whose environment Git no longer declares can't be approved, and must not hide the others. */
async function readIfThere(ports: EnginePorts, id: PromotionId): Promise<ReadApproval | 'gone'> {
  try {
    return await readApproval(ports, id);
  } catch (error) {
    if (error instanceof NotFoundError) return 'gone';
    throw error;
  }
}

function view({ promotion, content, verdict, quorum }: Awaited<ReturnType<typeof readApproval>>): ApprovalState {
  return {
    promotion,
    content,
    required: quorum.count,
    groups: quorum.groups,
    verdict: verdict.kind,
    by: verdict.kind === 'rejected' ? [] : verdict.by,
    ignored: verdict.kind === 'rejected' ? [] : verdict.ignored.map(({ by, because }) => ({ by, because })),
  };
}
