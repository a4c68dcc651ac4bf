import { apiVersion } from '@fairlead/api';
import { closeTask, type EnginePorts } from '@fairlead/engine';
import type { Handlers } from '../handler.ts';
import { pagingOf } from '../paging.ts';
import { requireEnvironment, seesEnvironment } from '../session.ts';
import { idOf } from './promotions.ts';

export function taskHandlers(ports: EnginePorts): Pick<Handlers, 'listTasks' | 'closeTask'> {
  return {
    async listTasks({ query, session }) {
      const { environment, open } = query;
      const filter = {
        ...(environment === undefined ? {} : { environment: idOf(environment, undefined) }),
        ...(open === undefined ? {} : { open: open === 'true' }),
      };
      const page = await ports.store.read((reader) => reader.tasks.list(filter, pagingOf(query)));
      return { ...page, apiVersion, kind: 'TaskList', items: page.items.filter((task) => seesEnvironment(session, task.environment)) };
    },

    async closeTask({ params, body, session }) {
      const task = await ports.store.read((reader) => reader.tasks.get(params.id));
      if (task !== 'absent') requireEnvironment(session, task.environment);
      return closeTask(ports, { id: params.id, reason: body.reason }, session.actor);
    },
  };
}
