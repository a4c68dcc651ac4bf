import { apiVersion, type ApprovalState } from '@fairlead/api';
import { decideApproval, readApproval, type EnginePorts } from '@fairlead/engine';
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
          seesEnvironment(session, name) &&
          (query.environment === undefined || query.environment === name || query.environment === environment)
        );
      });
      const items = await Promise.all(seen.map(async ({ id }) => view(await readApproval(ports, id))));
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
