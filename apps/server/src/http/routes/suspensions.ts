import { apiVersion } from '@fairlead/api';
import { readSuspensions, resumeTarget, suspendTarget, type EnginePorts } from '@fairlead/engine';
import type { Handlers } from '../handler.ts';
import { RefusedError } from '../problem.ts';
import { requireEnvironment, seesEnvironment } from '../session.ts';
import { idOf } from './promotions.ts';

type Handled = 'listSuspensions' | 'suspendTarget' | 'resumeTarget';

export function suspensionHandlers(ports: EnginePorts): Pick<Handlers, Handled> {
  return {
    async listSuspensions({ query, session }) {
      const environment = query.environment === undefined ? undefined : idOf(query.environment, undefined);
      const all = await ports.store.read((reader) => readSuspensions(reader, environment));
      return { apiVersion, kind: 'SuspensionList', items: all.filter((one) => seesEnvironment(session, one.environment)) };
    },

    async suspendTarget({ params, body, session }) {
      requireEnvironment(session, `${params.service}/${params.environment}`);
      const { target, reason, until, dryRun = false } = body;
      const environment = idOf(params.environment, params.service);
      const request = { environment, reason, until: new Date(until), dryRun, ...(target === undefined ? {} : { target }) };
      const outcome = await suspendTarget(ports, request, session.actor);
      if (outcome.kind !== 'refused') return outcome;
      throw new RefusedError({ code: outcome.code, status: 409, message: outcome.message }, { hint: outcome.fix });
    },

    async resumeTarget({ params, body, session }) {
      requireEnvironment(session, `${params.service}/${params.environment}`);
      const { target, reason, dryRun = false } = body;
      const environment = idOf(params.environment, params.service);
      return resumeTarget(ports, { environment, reason, dryRun, ...(target === undefined ? {} : { target }) }, session.actor);
    },
  };
}
