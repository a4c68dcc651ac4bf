import { DriftId, ExceptionId, ReconciliationTask, TaskId } from '@fairlead/domain';
import { z } from 'zod';
import { AdoptDrift, AdoptedDrift, DriftDetail, DriftList, ObservationList, ReconcileDrift, ReconciledDrift } from './resources/drift.ts';
import { ExceptionList, ExceptionView, RequestException, RevokeException } from './resources/exception.ts';
import { PageQuery } from './resources/list.ts';
import { CloseTask, TaskList } from './resources/task.ts';
import type { Route } from './route.ts';

const OfDrift = z.object({ id: DriftId });
const OfException = z.object({ id: ExceptionId });

/** Of what runs otherwise than Git declares, and what people do about it. */
export const driftRoutes = {
  listDrift: {
    method: 'GET',
    path: '/drift',
    summary: 'Differences between what Git declares and what runs, newest first',
    permission: 'drift:read',
    query: PageQuery.extend({ environment: z.string().optional(), open: z.enum(['true', 'false']).optional() }),
    answer: DriftList,
    status: 200,
  },
  getDrift: {
    method: 'GET',
    path: '/drift/:id',
    summary: 'One difference: object, field, values, who and when',
    permission: 'drift:read',
    params: OfDrift,
    answer: DriftDetail,
    status: 200,
  },
  reconcileDrift: {
    method: 'POST',
    path: '/drift/:id/reconcile',
    summary: 'Let the controller take the object back to what Git declares',
    permission: 'drift:act',
    params: OfDrift,
    body: ReconcileDrift,
    answer: ReconciledDrift,
    status: 201,
  },
  adoptDrift: {
    method: 'POST',
    path: '/drift/:id/adopt',
    summary: 'Open a change that takes the live value into Git',
    permission: 'drift:act',
    params: OfDrift,
    body: AdoptDrift,
    answer: AdoptedDrift,
    status: 201,
  },
  listObservations: {
    method: 'GET',
    path: '/services/:service/environments/:environment/observations',
    summary: 'How each target of an environment is looked at, with its gaps, and as of when',
    permission: 'drift:read',
    params: z.object({ service: z.string(), environment: z.string() }),
    answer: ObservationList,
    status: 200,
  },
  listExceptions: {
    method: 'GET',
    path: '/exceptions',
    summary: 'Exceptions, newest first, with what they excuse',
    permission: 'drift:read',
    query: PageQuery.extend({ environment: z.string().optional() }),
    answer: ExceptionList,
    status: 200,
  },
  requestException: {
    method: 'POST',
    path: '/exceptions',
    summary: 'Ask that differences be let be for a time',
    permission: 'exception:request',
    body: RequestException,
    answer: ExceptionView,
    status: 201,
  },
  approveException: {
    method: 'POST',
    path: '/exceptions/:id/approvals',
    summary: 'Approve an exception that another person asked for',
    permission: 'exception:approve',
    params: OfException,
    answer: ExceptionView,
    status: 201,
  },
  revokeException: {
    method: 'POST',
    path: '/exceptions/:id/revocation',
    summary: 'End an exception before its time',
    permission: 'exception:request',
    params: OfException,
    body: RevokeException,
    answer: ExceptionView,
    status: 201,
  },
  listTasks: {
    method: 'GET',
    path: '/tasks',
    summary: 'Follow-ups of manual changes, newest first',
    permission: 'drift:read',
    query: PageQuery.extend({ environment: z.string().optional(), open: z.enum(['true', 'false']).optional() }),
    answer: TaskList,
    status: 200,
  },
  closeTask: {
    method: 'POST',
    path: '/tasks/:id/closure',
    summary: 'Say what a manual change was, and that it is dealt with',
    permission: 'task:close',
    params: z.object({ id: TaskId }),
    body: CloseTask,
    answer: ReconciliationTask,
    status: 201,
  },
} as const satisfies Readonly<Record<string, Route>>;
