import { routes, type Route, type RouteName } from '@fairlead/api';
import type { EnginePorts, EvidenceLog } from '@fairlead/engine';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Log } from '../log.ts';
import { authenticate } from './auth.ts';
import type { Handlers } from './handler.ts';
import { problemOf } from './problem.ts';
import { addBundleRoute } from './bundle-route.ts';
import { accessHandlers } from './routes/access.ts';
import { approvalHandlers } from './routes/approvals.ts';
import { driftHandlers } from './routes/drift.ts';
import { evidenceHandlers } from './routes/evidence.ts';
import { exceptionHandlers } from './routes/exceptions.ts';
import { promotionHandlers } from './routes/promotions.ts';
import { releaseHandlers } from './routes/releases.ts';
import { statusHandlers } from './routes/status.ts';
import { suspensionHandlers } from './routes/suspensions.ts';
import { taskHandlers } from './routes/tasks.ts';
import { validationHandlers } from './routes/validations.ts';
import { requirePermission } from './session.ts';
import { signInLimit } from './sign-in-limit.ts';
import { addPages } from './pages/add-pages.ts';

const bodyLimit = 2 * 1024 * 1024;

export interface AppOptions {
  readonly ports: EnginePorts;
  readonly evidenceLog: EvidenceLog;
  /** Whether everything that the server needs answers. */
  readonly ready: () => Promise<boolean>;
  readonly log: Log;
  readonly publicUrl?: string | undefined;
}

/** The HTTP side: every route of the table, the plain pages, and health. */
export function createApp(options: AppOptions): FastifyInstance {
  const { ports, log } = options;
  const app = fastify({ bodyLimit, logger: false, genReqId: () => ports.ids.opaque() });
  app.setErrorHandler((error, request, reply) => answerProblem(error, { request, reply, log }));
  app.setNotFoundHandler((request, reply) => {
    const fault = Object.assign(new Error(`no route ${request.method} ${request.url.split('?')[0] ?? ''}`), { statusCode: 404 });
    return answerProblem(fault, { request, reply, log });
  });
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(securityHeaders);
    done();
  });
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const ready = await options.ready();
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
  app.get('/checkpoint', async (request, reply) => {
    requirePermission(await authenticate(ports, request), 'evidence:read');
    const note = await options.evidenceLog.checkpoint();
    return note === undefined ? reply.status(404).type('text/plain').send('no checkpoint yet\n') : reply.type('text/plain').send(note);
  });
  addRoutes(app, handlersOf(options), ports);
  addBundleRoute(app, options);
  addPages(app, ports, { https: options.publicUrl?.startsWith('https:') ?? false });
  return app;
}

const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

function handlersOf({ ports, evidenceLog }: AppOptions): Handlers {
  return {
    ...releaseHandlers(ports),
    ...promotionHandlers(ports),
    ...approvalHandlers(ports),
    ...validationHandlers(ports),
    ...evidenceHandlers(ports, evidenceLog),
    ...driftHandlers(ports),
    ...exceptionHandlers(ports),
    ...taskHandlers(ports),
    ...suspensionHandlers(ports),
    ...statusHandlers(ports),
    ...accessHandlers(ports),
  };
}

/** Parses by the table's schemas, checks its permission, and lets out nothing but what its answer declares. */
function addRoutes(app: FastifyInstance, handlers: Handlers, ports: EnginePorts): void {
  const limit = signInLimit(ports.clock);
  const names = Object.keys(routes).filter(isRouteName);
  for (const name of names) {
    const route: Route = routes[name];
    const handle: (request: never) => Promise<unknown> = handlers[name];
    app.route({
      method: route.method,
      url: `/api/v1${route.path}`,
      handler: async (request, reply) => {
        if (route.permission === 'open') limit(request.ip);
        const session = route.permission === 'open' ? undefined : await authenticate(ports, request);
        if (session !== undefined && route.permission !== 'signed-in' && route.permission !== 'open')
          requirePermission(session, route.permission);
        const input = {
          params: route.params?.parse(request.params),
          query: route.query?.parse(request.query),
          body: route.body?.parse(request.body),
          session,
        };
        const answer: unknown = await Reflect.apply(handle, undefined, [input]);
        return reply.status(route.status).send(route.answer.parse(answer));
      },
    });
  }
}

function isRouteName(name: string): name is RouteName {
  return Object.hasOwn(routes, name);
}

interface Answering {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly log: Log;
}

function answerProblem(error: unknown, { request, reply, log }: Answering): FastifyReply {
  const problem = problemOf(error, request.id);
  if (problem.status >= 500)
    log('request-failed', { requestId: request.id, method: request.method, path: request.routeOptions.url ?? '', error });
  return reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
