import { apiVersion } from '@fairlead/api';
import { EnvironmentId, FreeMap, InvalidError, NotFoundError, planSummary, type Promotion, type PromotionId } from '@fairlead/domain';
import { planOf, startPromotion, type EnginePorts } from '@fairlead/engine';
import type { Handlers } from '../handler.ts';
import { pagingOf } from '../paging.ts';
import { RefusedError } from '../problem.ts';
import { requireEnvironment, seesEnvironment } from '../session.ts';

export function promotionHandlers(ports: EnginePorts): Pick<Handlers, 'listPromotions' | 'getPromotion' | 'startPromotion'> {
  return {
    async listPromotions({ query, session }) {
      const { service, environment, status, open } = query;
      const filter = {
        ...(service === undefined ? {} : { service }),
        ...(environment === undefined ? {} : { environment: idOf(environment, service) }),
        ...(status === undefined ? {} : { status }),
        ...(open === undefined ? {} : { open: open === 'true' }),
      };
      const page = await ports.store.read((reader) => reader.promotions.list(filter, pagingOf(query)));
      const items = page.items.filter((promotion) => seesEnvironment(session, promotion.environment));
      return { apiVersion, kind: 'PromotionList', items, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) };
    },

    async getPromotion({ params, session }) {
      const promotion = await promotionById(ports, params.id);
      requireEnvironment(session, promotion.environment);
      return { promotion, summary: planSummary(await planOf(ports.store, promotion.id)) };
    },

    async startPromotion({ body, session }) {
      const environment = idOf(body.environment, body.service);
      requireEnvironment(session, environment);
      const started = await startPromotion(ports, { environment, release: body.release, dryRun: body.dryRun ?? false }, session.actor);
      switch (started.kind) {
        case 'blocked':
          throw new RefusedError(
            { code: 'promotion-refused', status: 409, message: `${body.release} can't be promoted to ${body.environment} now` },
            { blockers: started.blockers },
          );
        case 'planned':
          return { kind: 'planned', plan: FreeMap.parse(started.plan), summary: planSummary(started.plan) };
        case 'started':
        case 'exists':
        case 'nothing-to-do':
          return started;
      }
    },
  };
}

export async function promotionById(ports: Pick<EnginePorts, 'store'>, id: PromotionId): Promise<Promotion> {
  const promotion = await ports.store.read((reader) => reader.promotions.get(id));
  if (promotion === 'absent') throw new NotFoundError('promotion-unknown', `no promotion ${id}`, { hint: 'fairlead promotion list' });
  return promotion;
}

/** `service/name`, or a name beside its service. */
export function idOf(environment: string, service: string | undefined): EnvironmentId {
  const text = environment.includes('/') || service === undefined ? environment : `${service}/${environment}`;
  const id = EnvironmentId.safeParse(text);
  if (id.success) return id.data;
  throw new InvalidError('environment-invalid', `environment ${JSON.stringify(environment)} is not a name`, {
    hint: 'give it as service/environment',
  });
}
