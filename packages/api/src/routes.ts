import { Digest, EvidenceType, PromotionId, PromotionStatus, TrustPolicy } from '@fairlead/domain';
import { z } from 'zod';
import { deliveryRoutes } from './delivery-routes.ts';
import { driftRoutes } from './drift-routes.ts';
import { CreatedToken, CreateToken, Session, SignIn } from './resources/access.ts';
import { ApprovalList, ApprovalState, DecideApproval, DecidedApproval } from './resources/approval.ts';
import { EvidenceDetail, EvidenceList } from './resources/evidence.ts';
import { PageQuery } from './resources/list.ts';
import { PromotionDetail, PromotionList, StartedPromotion, StartPromotion } from './resources/promotion.ts';
import { RegisteredRelease, RegisterRelease, ReleaseList, ReleaseView } from './resources/release.ts';
import { Explanation, StatusList } from './resources/status.ts';
import { RequestedValidation, ValidationList } from './resources/validation.ts';
import type { Route } from './route.ts';

const OfPromotion = z.object({ id: PromotionId });
const OfEnvironment = z.object({ service: z.string(), environment: z.string() });

/** Every route of `/api/v1`, with the permission that it names. Handlers, the typed client and the reference are made from this table. */
export const routes = {
  listStatus: {
    method: 'GET',
    path: '/status',
    summary: 'What is meant to be where, whether it is there, and what stands in the way',
    permission: 'status:read',
    query: PageQuery.extend({ service: z.string().optional(), environment: z.string().optional() }),
    answer: StatusList,
    status: 200,
  },
  explain: {
    method: 'GET',
    path: '/explain',
    summary: 'Why a promotion or an environment is where it is',
    permission: 'status:read',
    query: z.object({ object: z.string().min(1) }),
    answer: Explanation,
    status: 200,
  },
  listReleases: {
    method: 'GET',
    path: '/releases',
    summary: 'Releases, newest first',
    permission: 'release:read',
    query: PageQuery.extend({ service: z.string().optional() }),
    answer: ReleaseList,
    status: 200,
  },
  getRelease: {
    method: 'GET',
    path: '/releases/:digest',
    summary: 'One release, with its manifest',
    permission: 'release:read',
    params: z.object({ digest: Digest }),
    answer: ReleaseView.extend({ manifest: z.string() }),
    status: 200,
  },
  registerRelease: {
    method: 'POST',
    path: '/releases',
    summary: 'Register a release manifest',
    permission: 'release:register',
    body: RegisterRelease,
    answer: RegisteredRelease,
    status: 201,
  },
  listPromotions: {
    method: 'GET',
    path: '/promotions',
    summary: 'Promotions, newest first',
    permission: 'promotion:read',
    query: PageQuery.extend({
      service: z.string().optional(),
      environment: z.string().optional(),
      status: PromotionStatus.optional(),
      open: z.enum(['true', 'false']).optional(),
    }),
    answer: PromotionList,
    status: 200,
  },
  getPromotion: {
    method: 'GET',
    path: '/promotions/:id',
    summary: 'One promotion with its plan',
    permission: 'promotion:read',
    params: OfPromotion,
    answer: PromotionDetail,
    status: 200,
  },
  startPromotion: {
    method: 'POST',
    path: '/promotions',
    summary: 'Plan a promotion and, unless it is a dry run, start it',
    permission: 'promotion:start',
    body: StartPromotion,
    answer: StartedPromotion,
    status: 201,
  },
  listApprovals: {
    method: 'GET',
    path: '/approvals',
    summary: 'What waits for approval',
    permission: 'approval:read',
    query: PageQuery.extend({ environment: z.string().optional() }),
    answer: ApprovalList,
    status: 200,
  },
  getApproval: {
    method: 'GET',
    path: '/promotions/:id/approvals',
    summary: 'Who approved what, and what is missing',
    permission: 'approval:read',
    params: OfPromotion,
    answer: ApprovalState,
    status: 200,
  },
  decideApproval: {
    method: 'POST',
    path: '/promotions/:id/approvals',
    summary: 'Approve or reject exactly this content',
    permission: 'approval:decide',
    params: OfPromotion,
    body: DecideApproval,
    answer: DecidedApproval,
    status: 201,
  },
  listValidations: {
    method: 'GET',
    path: '/services/:service/environments/:environment/validations',
    summary: 'Validation runs, newest first',
    permission: 'validation:read',
    params: OfEnvironment,
    query: PageQuery,
    answer: ValidationList,
    status: 200,
  },
  rerunValidation: {
    method: 'POST',
    path: '/services/:service/environments/:environment/validations/:phase/runs',
    summary: 'Run one validation phase again',
    permission: 'validation:run',
    params: OfEnvironment.extend({ phase: z.string() }),
    answer: RequestedValidation,
    status: 201,
  },
  listEvidence: {
    method: 'GET',
    path: '/evidence',
    summary: 'Evidence records, newest first',
    permission: 'evidence:read',
    query: PageQuery.extend({
      promotion: PromotionId.optional(),
      environment: z.string().optional(),
      type: EvidenceType.optional(),
      since: z.iso.datetime().optional(),
      until: z.iso.datetime().optional(),
    }),
    answer: EvidenceList,
    status: 200,
  },
  getEvidence: {
    method: 'GET',
    path: '/evidence/:digest',
    summary: 'One record with its signed bundle and inclusion proof',
    permission: 'evidence:read',
    params: z.object({ digest: Digest }),
    answer: EvidenceDetail,
    status: 200,
  },
  getTrust: {
    method: 'GET',
    path: '/ledger/trust',
    summary: 'What a verifier has to know beforehand: the log, its key and the keys that sign records',
    permission: 'evidence:read',
    answer: TrustPolicy,
    status: 200,
  },
  ...driftRoutes,
  ...deliveryRoutes,
  createToken: {
    method: 'POST',
    path: '/tokens',
    summary: 'Make a token for a local person',
    permission: 'token:create',
    body: CreateToken,
    answer: CreatedToken,
    status: 201,
  },
  signIn: {
    method: 'POST',
    path: '/sessions',
    summary: 'Trade a one-time link for a token',
    permission: 'open',
    body: SignIn,
    answer: CreatedToken,
    status: 201,
  },
  whoami: { method: 'GET', path: '/whoami', summary: 'Who is signed in', permission: 'signed-in', answer: Session, status: 200 },
} as const satisfies Readonly<Record<string, Route>>;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
