import { apiVersion, type ExceptionView } from '@fairlead/api';
import { exceptionStatus, type PolicyException } from '@fairlead/domain';
import { approveException, exceptionById, requestException, revokeException, type EnginePorts } from '@fairlead/engine';
import type { Handlers } from '../handler.ts';
import { pagingOf } from '../paging.ts';
import { requireEnvironment, seesEnvironment } from '../session.ts';
import { idOf } from './promotions.ts';

type Handled = 'listExceptions' | 'requestException' | 'approveException' | 'revokeException';

export function exceptionHandlers(ports: EnginePorts): Pick<Handlers, Handled> {
  return {
    async listExceptions({ query, session }) {
      const filter = query.environment === undefined ? {} : { environment: idOf(query.environment, undefined) };
      const page = await ports.store.read((reader) => reader.exceptions.list(filter, pagingOf(query)));
      const seen = page.items.filter(({ environment }) => seesEnvironment(session, environment));
      return { ...page, apiVersion, kind: 'ExceptionList', items: await Promise.all(seen.map((one) => view(ports, one))) };
    },

    async requestException({ body, session }) {
      const { ticket, notBefore, ...request } = body;
      const optional = { ...(ticket === undefined ? {} : { ticket }), ...(notBefore === undefined ? {} : { notBefore }) };
      for (const id of request.drift) {
        const found = await ports.store.read((reader) => reader.drift.get(id));
        if (found !== 'absent') requireEnvironment(session, found.environment);
      }
      return view(ports, await requestException(ports, { ...request, ...optional }, session.actor));
    },

    async approveException({ params, session }) {
      requireEnvironment(session, (await exceptionById(ports, params.id)).environment);
      return view(ports, await approveException(ports, params.id, session.actor));
    },

    async revokeException({ params, body, session }) {
      requireEnvironment(session, (await exceptionById(ports, params.id)).environment);
      return view(ports, await revokeException(ports, { id: params.id, reason: body.reason }, session.actor));
    },
  };
}

async function view({ store, clock }: EnginePorts, exception: PolicyException): Promise<ExceptionView> {
  const status = exceptionStatus(exception, clock.now());
  const open = status === 'in-force' ? await store.read((reader) => reader.drift.open(exception.environment)) : [];
  return { ...exception, status, uses: open.filter(({ id }) => exception.drift.includes(id)).map(({ id }) => id) };
}
