import { z } from 'zod';
import { ResumedTarget, ResumeTarget, SuspendedTarget, SuspendTarget, SuspensionList } from './resources/suspension.ts';
import type { Route } from './route.ts';

const OfEnvironment = z.object({ service: z.string(), environment: z.string() });

/** Of the controllers that deliver environments. */
export const deliveryRoutes = {
  listSuspensions: {
    method: 'GET',
    path: '/suspensions',
    summary: 'Targets that their controllers are kept from: by whom, why and until when',
    permission: 'status:read',
    query: z.object({ environment: z.string().optional() }),
    answer: SuspensionList,
    status: 200,
  },
  suspendTarget: {
    method: 'POST',
    path: '/services/:service/environments/:environment/suspension',
    summary: "Keep a controller from touching one of the environment's targets for a time",
    permission: 'delivery:suspend',
    params: OfEnvironment,
    body: SuspendTarget,
    answer: SuspendedTarget,
    status: 201,
  },
  resumeTarget: {
    method: 'POST',
    path: '/services/:service/environments/:environment/resumption',
    summary: 'Let the controller at the target again',
    permission: 'delivery:suspend',
    params: OfEnvironment,
    body: ResumeTarget,
    answer: ResumedTarget,
    status: 201,
  },
} as const satisfies Readonly<Record<string, Route>>;
