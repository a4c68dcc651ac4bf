import { Digest, NotFoundError, PromotionId } from '@fairlead/domain';
import { explainPromotion, planOf, readStatus, serviceProblems, type EnginePorts } from '@fairlead/engine';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { authenticate, sessionCookie } from '../auth.ts';
import { promotionById } from '../routes/promotions.ts';
import { requireEnvironment, requirePermission, seesEnvironment, type Session } from '../session.ts';
import { redeemCode } from '../tokens.ts';
import { evidencePage } from './evidence-page.ts';
import { promotionPage } from './promotion-page.ts';
import { signInPage } from './sign-in-page.ts';
import { statusPage } from './status-page.ts';
import { style } from './style.ts';

const Code = z.object({ code: z.string().min(10).max(200).optional() });
const OfPromotion = z.object({ id: PromotionId });
const OfRecord = z.object({ digest: Digest });

/** How long a sign-in on the page lasts, cookie and token alike. */
const pageSessionMs = 8 * 3_600_000;

/** Plain pages that need no script: status, promotion, record, sign-in. */
export function addPages(app: FastifyInstance, ports: EnginePorts, origin: { readonly https: boolean }): void {
  const secure = origin.https ? '; Secure' : '';
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(body.toString())));
  });
  app.get('/fairlead.css', (_request, reply) => reply.type('text/css').send(style));
  app.get('/login', (request, reply) => sendPage(reply, signInPage(Code.parse(request.query).code)));
  app.post('/login', async (request, reply) => {
    const { secret } = await redeemCode(ports, Code.required().parse(request.body).code, pageSessionMs);
    return reply
      .header(
        'set-cookie',
        `${sessionCookie}=${secret}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${String(pageSessionMs / 1000)}${secure}`,
      )
      .redirect('/', 303);
  });
  app.get(
    '/',
    signedIn(ports, async (session) => {
      requirePermission(session, 'status:read');
      const environments = (await readStatus(ports, {})).filter(({ service, environment }) =>
        seesEnvironment(session, `${service}/${environment}`),
      );
      const open = await ports.store.read((reader) => reader.promotions.list({ open: true }, { limit: 200 }));
      return statusPage({
        asOf: ports.clock.now().toISOString(),
        user: session.user,
        environments,
        promotions: open.items,
        problems: await serviceProblems(ports),
      });
    }),
  );
  app.get(
    '/promotions/:id',
    signedIn(ports, async (session, request) => {
      requirePermission(session, 'promotion:read');
      const { id } = OfPromotion.parse(request.params);
      const promotion = await promotionById(ports, id);
      requireEnvironment(session, promotion.environment);
      const records = await ports.store.read((reader) => reader.evidence.list({ promotion: id }, { limit: 200 }));
      const plan = await planOf(ports.store, id);
      return promotionPage({ promotion, explained: await explainPromotion(ports, id), plan, records: records.items.toReversed() });
    }),
  );
  app.get(
    '/evidence/:digest',
    signedIn(ports, async (session, request) => {
      requirePermission(session, 'evidence:read');
      const { digest } = OfRecord.parse(request.params);
      const record = await ports.store.read((reader) => reader.evidence.get(digest));
      if (record === 'absent') throw new NotFoundError('evidence-unknown', `no record ${digest}`);
      if (record.environment !== undefined) requireEnvironment(session, record.environment);
      return evidencePage(record);
    }),
  );
}

function sendPage(reply: FastifyReply, markup: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(markup);
}

/** A page for a session; nobody is sent to sign in. */
function signedIn(
  ports: EnginePorts,
  render: (session: Session, request: FastifyRequest) => Promise<string>,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  return async (request, reply) => {
    const session = await authenticate(ports, request).catch(() => undefined);
    return session === undefined ? reply.redirect('/login', 303) : sendPage(reply, await render(session, request));
  };
}
