import { Readable } from 'node:stream';
import { bundleRoute } from '@fairlead/api';
import { NotFoundError, tarPieces, type Actor } from '@fairlead/domain';
import { exportBundle, readKeptBundle, type EnginePorts } from '@fairlead/engine';
import type { FastifyInstance } from 'fastify';
import { authenticate } from './auth.ts';
import { requireEnvironment, requirePermission } from './session.ts';

interface BundleSource {
  readonly ports: EnginePorts;
}

/** Sends a promotion's bundle as an archive, piece by piece, or the one that is kept. */
export function addBundleRoute(app: FastifyInstance, { ports }: BundleSource): void {
  app.get(bundleRoute.path, async (request, reply) => {
    const session = await authenticate(ports, request);
    requirePermission(session, bundleRoute.permission);
    const { id } = bundleRoute.params.parse(request.params);
    const { audience, since, kept } = bundleRoute.query.parse(request.query);
    const promotion = await ports.store.read((reader) => reader.promotions.get(id));
    if (promotion === 'absent') throw new NotFoundError('promotion-unknown', `no promotion ${id}`, { hint: 'fairlead promotion list' });
    requireEnvironment(session, promotion.environment);

    const { name, pieces, missing } =
      kept === undefined
        ? await made(ports, { promotion: id, audience, ...(since === undefined ? {} : { since }) }, session.actor)
        : await readKeptBundle(ports, promotion);

    return reply
      .headers({ 'content-disposition': `attachment; filename="${name}"`, [bundleRoute.missingHeader]: missing.join(',') })
      .type('application/x-tar')
      .send(Readable.from(pieces));
  });
}

interface ToSend {
  readonly name: string;
  readonly pieces: Iterable<Uint8Array>;
  readonly missing: readonly string[];
}

async function made(ports: EnginePorts, asked: Parameters<typeof exportBundle>[1], actor: Actor): Promise<ToSend> {
  const { name, files, missing } = await exportBundle(ports, asked, actor);
  return { name, pieces: tarPieces(files), missing };
}
