import { z } from 'zod';
import type { Json } from '@fairlead/domain';

const text = z.string().nullish();
const flag = z.boolean().nullish();
const AnyJson = z.custom<Json>((value) => value !== undefined);

/** Exactly what we read of Flux's objects; everything else passes unseen. */
const Metadata = z.object({
  name: z.string().min(1),
  namespace: z.string().min(1),
  uid: z.string().min(1),
  resourceVersion: z.string().min(1),
  generation: z.number().default(0),
  deletionTimestamp: text,
  annotations: z.record(z.string(), z.string()).nullish(),
});

const Condition = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string().default(''),
  message: z.string().default(''),
  observedGeneration: z.number().nullish(),
  lastTransitionTime: text,
});
export type FluxConditionSchema = z.infer<typeof Condition>;

const State = { conditions: z.array(Condition).nullish(), observedGeneration: z.number().nullish(), lastHandledReconcileAt: text };

/** What every one of them has. */
export const AnyFluxObject = z.object({
  metadata: Metadata,
  spec: z.object({ suspend: flag }),
  status: z.object(State).nullish(),
});
export type AnyFluxObject = z.infer<typeof AnyFluxObject>;

export const SourceRef = z.object({ kind: z.string(), name: z.string(), namespace: text });

const Artifact = z.object({
  revision: text,
  digest: text,
  lastUpdateTime: text,
  metadata: z.record(z.string(), z.string()).nullish(),
});

export const Source = z.object({
  metadata: Metadata,
  spec: z.object({
    suspend: flag,
    url: text,
    endpoint: text,
    ref: z.record(z.string(), z.string()).nullish(),
  }),
  status: z.object({ ...State, artifact: Artifact.nullish() }).nullish(),
});
export type Source = z.infer<typeof Source>;

const InventoryEntry = z.object({ id: z.string(), v: z.string().default('') });

const HistoryEntry = z.object({
  digest: z.string().default(''),
  lastReconciled: text,
  lastReconciledStatus: z.string().default(''),
  metadata: z.record(z.string(), z.string()).nullish(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

const KubeConfigRef = z.object({
  secretRef: z.object({ name: z.string() }).nullish(),
  configMapRef: z.object({ name: z.string() }).nullish(),
});

export const KustomizationSpec = z.object({
  ignore: z.array(z.json()).nullish(),
  suspend: flag,
  interval: text,
  timeout: text,
  path: text,
  sourceRef: SourceRef,
  prune: flag,
  wait: flag,
  healthChecks: z.array(z.unknown()).nullish(),
  targetNamespace: text,
  images: z.array(z.object({ name: z.string() })).nullish(),
  postBuild: z.object({ substitute: z.record(z.string(), z.string()).nullish(), substituteFrom: z.array(z.unknown()).nullish() }).nullish(),
  kubeConfig: KubeConfigRef.nullish(),
  patches: z.array(z.unknown()).nullish(),
  components: z.array(z.unknown()).nullish(),
  namePrefix: text,
  nameSuffix: text,
  commonMetadata: z.record(z.string(), z.unknown()).nullish(),
  decryption: z.record(z.string(), z.unknown()).nullish(),
});
export type KustomizationSpec = z.infer<typeof KustomizationSpec>;

export const Kustomization = z.object({
  metadata: Metadata,
  spec: KustomizationSpec,
  status: z
    .object({
      ...State,
      lastAppliedRevision: text,
      lastAttemptedRevision: text,
      lastAppliedOriginRevision: text,
      inventory: z.object({ entries: z.array(InventoryEntry).nullish() }).nullish(),
      history: z.array(HistoryEntry).nullish(),
    })
    .nullish(),
});
export type Kustomization = z.infer<typeof Kustomization>;

export const HelmRelease = z.object({
  metadata: Metadata,
  spec: z.object({ suspend: flag }),
  status: z
    .object({
      ...State,
      lastAttemptedRevision: text,
      lastAttemptedRevisionDigest: text,
      lastAttemptedConfigDigest: text,
      history: z
        .array(
          z.object({
            status: z.string().default(''),
            chartName: z.string().default(''),
            chartVersion: z.string().default(''),
            configDigest: z.string().default(''),
            ociDigest: text,
            lastDeployed: text,
          }),
        )
        .nullish(),
    })
    .nullish(),
});
export type HelmRelease = z.infer<typeof HelmRelease>;

export const ImageUpdateAutomation = z.object({
  metadata: Metadata,
  spec: z.object({
    suspend: flag,
    sourceRef: SourceRef,
    git: z.object({ push: z.object({ branch: text }).nullish() }).nullish(),
    update: z.object({ path: text }).nullish(),
  }),
});
export type ImageUpdateAutomation = z.infer<typeof ImageUpdateAutomation>;

/** Items are parsed one by one, by the schema of their kind. */
export const ObjectPage = z.object({ metadata: z.object({ continue: text }), items: z.array(z.unknown()) });
export type ObjectPage = z.infer<typeof ObjectPage>;

/** The status again, whole, for its digest. */
export const RawStatus = z.object({ status: AnyJson.nullish() });

const Container = z.object({ name: z.string(), image: z.string() });
export const ControllerDeployment = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()).nullish() }),
  spec: z.object({ template: z.object({ spec: z.object({ containers: z.array(Container) }) }) }),
});
