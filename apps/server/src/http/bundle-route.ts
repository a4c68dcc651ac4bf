import { Readable } from 'node:stream';
import { bundleRoute } from '@fairlead/api';
import { NotFoundError, tarPieces } from '@fairlead/domain';
import { exportBundle, type EnginePorts, type EvidenceLog } from '@fairlead/engine';
import type { FastifyInstance } from 'fastify';
import { authenticate } from './auth.ts';
import { requireEnvironment, requirePermission } from './session.ts';

interface BundleSource {
  readonly ports: EnginePorts;
  readonly evidenceLog: EvidenceLog;
}

/** Sends a promotion's bundle as an archive, piece by piece. */
export function addBundleRoute(app: FastifyInstance, { ports, evidenceLog }: BundleSource): void {
  app.get(bundleRoute.path, async (request, reply) => {
    const session = await authenticate(ports, request);
    requirePermission(session, bundleRoute.permission);
    const { id } = bundleRoute.params.parse(request.params);
    const { audience, since } = bundleRoute.query.parse(request.query);
    const promotion = await ports.store.read((reader) => reader.promotions.get(id));
    if (promotion === 'absent') throw new NotFoundError('promotion-unknown', `no promotion ${id}`, { hint: 'fairlead promotion list' });
    requireEnvironment(session, promotion.environment);

    const asked = { promotion: id, audience, ...(since === undefined ? {} : { since }) };
    const { name, files, missing } = await exportBundle({ ...ports, evidenceLog }, asked, session.actor);

    return reply
      .headers({ 'content-disposition': `attachment; filename="${name}"`, [bundleRoute.missingHeader]: missing.join(',') })
      .type('application/x-tar')
      .send(Readable.from(tarPieces(files)));
  });
}
