import { apiVersion } from '@fairlead/api';
import { FreeValue, NotFoundError, type DriftId } from '@fairlead/domain';
import { adoptDrift, excusedBy, inForce, listDrift, requestReconcile, type EnginePorts, type ShownDrift } from '@fairlead/engine';
import type { Handlers } from '../handler.ts';
import { pagingOf } from '../paging.ts';
import { RefusedError } from '../problem.ts';
import { requireEnvironment, seesEnvironment, type Session } from '../session.ts';
import { idOf } from './promotions.ts';

type Handled = 'listDrift' | 'getDrift' | 'reconcileDrift' | 'adoptDrift' | 'listObservations';

export function driftHandlers(ports: EnginePorts): Pick<Handlers, Handled> {
  return {
    async listDrift({ query, session }) {
      const { environment, open } = query;
      const filter = {
        ...(environment === undefined ? {} : { environment: idOf(environment, undefined) }),
        ...(open === undefined ? {} : { open: open === 'true' }),
      };
      const page = await listDrift(ports, filter, pagingOf(query));
      const items = page.items.filter((item) => seesEnvironment(session, item.environment));
      return { ...page, apiVersion, kind: 'DriftList', items };
    },

    async getDrift({ params, session }) {
      const drift = await driftById(ports, params.id, session);
      const actions = await ports.store.read((reader) => reader.drift.openActions(drift.environment));
      return { drift, actions: actions.filter((action) => action.drift.includes(drift.id)) };
    },

    async reconcileDrift({ params, body, session }) {
      await driftById(ports, params.id, session);
      const request = { drift: params.id, reason: body.reason, dryRun: body.dryRun ?? false };
      const requested = await requestReconcile(ports, request, session.actor);
      if (requested.kind === 'refused') throw refusal(requested);
      return requested;
    },

    async adoptDrift({ params, body, session }) {
      await driftById(ports, params.id, session);
      const adopted = await adoptDrift(ports, { drift: params.id, reason: body.reason, dryRun: body.dryRun ?? false }, session.actor);
      if (adopted.kind === 'refused') throw refusal(adopted);
      return adopted.kind === 'planned' ? { kind: 'planned', edits: adopted.edits.map((edit) => FreeValue.parse(edit)) } : adopted;
    },

    async listObservations({ params, session }) {
      const environment = idOf(params.environment, params.service);
      requireEnvironment(session, environment);
      const seen = await ports.store.read((reader) => reader.drift.observations(environment));
      const items = seen.map(({ observation, freshAt }) => ({ ...observation, ...(freshAt === undefined ? {} : { freshAt }) }));
      return { apiVersion, kind: 'ObservationList', items };
    },
  };
}

/** Throws `NotFoundError` (`drift-unknown`), `ForbiddenError` where the session isn't for its environment. */
async function driftById({ store, clock }: EnginePorts, id: DriftId, session: Session): Promise<ShownDrift> {
  return store.read(async (reader) => {
    const found = await reader.drift.get(id);
    if (found === 'absent') throw new NotFoundError('drift-unknown', `no difference ${id}`, { hint: 'fairlead drift list' });
    requireEnvironment(session, found.environment);
    const exceptions = await inForce(reader, found.environment, clock.now());
    return { ...excusedBy(exceptions, found.item), environment: found.environment };
  });
}

function refusal({ message, fix }: { readonly message: string; readonly fix: string }): RefusedError {
  return new RefusedError({ code: 'drift-refused', status: 409, message }, { hint: fix });
}
