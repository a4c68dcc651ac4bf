import { apiVersion } from '@fairlead/api';
import { requestValidation, type EnginePorts } from '@fairlead/engine';
import type { Handlers } from '../handler.ts';
import { pagingOf } from '../paging.ts';
import { requireEnvironment } from '../session.ts';
import { idOf } from './promotions.ts';

export function validationHandlers(ports: EnginePorts): Pick<Handlers, 'listValidations' | 'rerunValidation'> {
  return {
    async listValidations({ params, query, session }) {
      requireEnvironment(session, `${params.service}/${params.environment}`);
      const environment = idOf(params.environment, params.service);
      const page = await ports.store.read((reader) => reader.validations.list({ environment }, pagingOf(query)));
      return { apiVersion, kind: 'ValidationList', ...page };
    },

    async rerunValidation({ params, session }) {
      requireEnvironment(session, `${params.service}/${params.environment}`);
      const environment = idOf(params.environment, params.service);
      return { run: await requestValidation(ports, { environment, phase: params.phase }, session.actor) };
    },
  };
}
