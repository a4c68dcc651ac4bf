import { apiVersion } from '@fairlead/api';
import { InvalidError, NotFoundError, PromotionId } from '@fairlead/domain';
import { explainPromotion, readStatus, readSuspensions, serviceProblems, type EnginePorts } from '@fairlead/engine';
import type { Handlers } from '../handler.ts';
import { requireEnvironment, seesEnvironment } from '../session.ts';
import { idOf, promotionById } from './promotions.ts';

export function statusHandlers(ports: EnginePorts): Pick<Handlers, 'listStatus' | 'explain'> {
  return {
    async listStatus({ query, session }) {
      const { service, environment } = query;
      const all = await readStatus(ports, {
        ...(service === undefined ? {} : { service }),
        ...(environment === undefined ? {} : { environment }),
      });
      const items = all.filter((status) => seesEnvironment(session, `${status.service}/${status.environment}`));
      const problems = [...(await serviceProblems(ports))];
      const asOf = ports.clock.now().toISOString();
      return { apiVersion, kind: 'StatusList', asOf, items, ...(problems.length === 0 ? {} : { problems }) };
    },

    async explain({ query, session }) {
      const [kind, ...rest] = query.object.split('/');
      const name = rest.join('/');
      if (kind === 'promotion') {
        const id = PromotionId.parse(name);
        const { environment } = await promotionById(ports, id);
        requireEnvironment(session, environment);
        const suspensions = await ports.store.read((reader) => readSuspensions(reader, environment));
        return { object: query.object, ...(await explainPromotion(ports, id)), suspensions };
      }
      if (kind !== 'environment')
        throw new InvalidError('object-unknown', `can't explain ${JSON.stringify(query.object)}`, {
          hint: 'give promotion/ID or environment/SERVICE/NAME',
        });
      const environment = idOf(name, undefined);
      requireEnvironment(session, environment);
      const [service = '', of = ''] = environment.split('/');
      const [status] = await readStatus(ports, { service, environment: of });
      if (status === undefined) throw new NotFoundError('environment-unknown', `no environment ${name}`, { hint: 'fairlead status' });
      const { readiness, promotion, suspensions = [] } = status;
      const steps = promotion === undefined ? [] : (await explainPromotion(ports, promotion.id)).steps;
      const summary = `${name} is ${readiness.verdict} as of ${readiness.asOf}`;
      return { object: query.object, status: readiness.verdict, summary, blockers: readiness.blockers, suspensions, steps };
    },
  };
}
