import { durationMs, type Duration } from '../document/duration.ts';
import type { Json } from '../document/json.ts';
import type { Tier } from '../environment/tier.ts';
import { digestOf } from '../evidence/digest.ts';
import type { Policy, PolicyName } from './policy.ts';
import { builtInPolicy, type ApprovalRule, type ResolvedPolicy } from './resolved-policy.ts';

/** One setting that several documents give differently. */
export interface PolicyConflict {
  readonly field: string;
  readonly policies: readonly PolicyName[];
}

export type PolicyResolution =
  | { readonly kind: 'resolved'; readonly policy: ResolvedPolicy }
  | { readonly kind: 'conflict'; readonly conflicts: readonly PolicyConflict[] };

type Spec = Policy['spec'];
type Named = Json & { readonly name: string };
type ReadSetting<T> = (spec: Spec) => T | undefined;

/** The documents' settings over the built-in ones. No order among documents: two that disagree are a conflict, never a silent winner. */
export function resolvePolicy(documents: readonly Policy[]): PolicyResolution {
  const conflicts: PolicyConflict[] = [];
  const settings = new Settings(documents, conflicts);
  const policy = resolveAll(settings);
  return conflicts.length === 0 ? { kind: 'resolved', policy } : { kind: 'conflict', conflicts };
}

class Settings {
  readonly #documents: readonly Policy[];
  readonly #conflicts: PolicyConflict[];

  constructor(documents: readonly Policy[], conflicts: PolicyConflict[]) {
    this.#documents = documents;
    this.#conflicts = conflicts;
  }

  read<T extends Json>(field: string, of: ReadSetting<T>): T | undefined {
    const given = this.#documents.flatMap(({ metadata, spec }) => {
      const value = of(spec);
      return value === undefined ? [] : [{ by: metadata.name, value }];
    });
    const values = new Set(given.map(({ value }) => digestOf(value)));
    if (values.size > 1) this.#conflicts.push({ field, policies: given.map(({ by }) => by) });
    return given[0]?.value;
  }

  /** The documents' entries together; under one name only one. */
  readNamed<T extends Named>(field: string, of: ReadSetting<readonly T[]>): readonly T[] {
    const names = new Set(this.#documents.flatMap(({ spec }) => (of(spec) ?? []).map(({ name }) => name)));
    return [...names].toSorted().flatMap((name): readonly T[] => {
      const entry = this.read<T>(`${field}[${name}]`, (spec) => of(spec)?.find((one) => one.name === name));
      return entry === undefined ? [] : [entry];
    });
  }

  readMs(field: string, of: ReadSetting<Duration>): number | undefined {
    const duration = this.read(field, of);
    return duration === undefined ? undefined : durationMs(duration);
  }
}

function resolveAll(settings: Settings): ResolvedPolicy {
  const own = builtInPolicy;
  return {
    approvals: {
      dev: approvalRule(settings, 'dev'),
      staging: approvalRule(settings, 'staging'),
      production: approvalRule(settings, 'production'),
    },
    liveObservationMaxAgeMs: settings.readMs('liveObservationMaxAge', (spec) => spec.liveObservationMaxAge) ?? own.liveObservationMaxAgeMs,
    statusMaxAgeMs: settings.readMs('statusMaxAge', (spec) => spec.statusMaxAge) ?? own.statusMaxAgeMs,
    syncTimeoutMs: settings.readMs('syncTimeout', (spec) => spec.syncTimeout) ?? own.syncTimeoutMs,
    validationValidForMs: settings.readMs('validationValidFor', (spec) => spec.validationValidFor) ?? own.validationValidForMs,
    migrationEvidenceMaxAgeMs:
      settings.readMs('migrationEvidenceMaxAge', (spec) => spec.migrationEvidenceMaxAge) ?? own.migrationEvidenceMaxAgeMs,
    drift: drift(settings),
    ...resolveSecrets(settings),
    exceptions: {
      maxDurationMs: settings.readMs('exceptions.maxDuration', (spec) => spec.exceptions?.maxDuration) ?? own.exceptions.maxDurationMs,
    },
    breakGlass: breakGlass(settings),
    ...resolveSignatures(settings),
  };
}

function resolveSecrets(settings: Settings): Pick<ResolvedPolicy, 'secrets'> {
  const bootstrap = settings.readNamed('secrets.bootstrap', (spec) => spec.secrets?.bootstrap);
  return bootstrap.length === 0 ? {} : { secrets: { bootstrap } };
}

function resolveSignatures(settings: Settings): Pick<ResolvedPolicy, 'signatures'> {
  const signers = settings.readNamed('signatures.signers', (spec) => spec.signatures?.signers);
  const images = byTier((tier) => settings.read(`signatures.images.${tier}`, ({ signatures }) => signatures?.images?.[tier]));
  const manifests = byTier((tier) => settings.read(`signatures.manifests.${tier}`, ({ signatures }) => signatures?.manifests?.[tier]));
  const provenance = byTier((tier) => settings.read(`provenance.${tier}`, (spec) => spec.provenance?.[tier]));
  const given = [images, manifests, provenance].some((demands) => Object.keys(demands).length > 0) || signers.length > 0;
  return given ? { signatures: { signers, images, manifests, provenance } } : {};
}

function byTier<T>(read: (tier: Tier) => T | undefined): Partial<Readonly<Record<Tier, T>>> {
  const [dev, staging, production] = [read('dev'), read('staging'), read('production')];
  return {
    ...(dev === undefined ? {} : { dev }),
    ...(staging === undefined ? {} : { staging }),
    ...(production === undefined ? {} : { production }),
  };
}

function approvalRule(settings: Settings, tier: Tier): ApprovalRule {
  const own = builtInPolicy.approvals[tier];
  return {
    count: settings.read(`approvals.${tier}.count`, ({ approvals }) => approvals?.[tier]?.count) ?? own.count,
    groups: settings.read(`approvals.${tier}.groups`, ({ approvals }) => approvals?.[tier]?.groups) ?? own.groups,
  };
}

function drift(settings: Settings): ResolvedPolicy['drift'] {
  const own = builtInPolicy.drift;
  return {
    revokeFrom: settings.read('drift.revokeFrom', (spec) => spec.drift?.revokeFrom) ?? own.revokeFrom,
    correctWithinMs: settings.readMs('drift.correctWithin', (spec) => spec.drift?.correctWithin) ?? own.correctWithinMs,
    ignore: settings.readNamed('drift.ignore', (spec) => spec.drift?.ignore),
    mutations: settings.readNamed('drift.mutations', (spec) => spec.drift?.mutations),
  };
}

function breakGlass(settings: Settings): ResolvedPolicy['breakGlass'] {
  const own = builtInPolicy.breakGlass;
  return {
    maxDurationMs: settings.readMs('breakGlass.maxDuration', (spec) => spec.breakGlass?.maxDuration) ?? own.maxDurationMs,
    secondPersonWithinMs:
      settings.readMs('breakGlass.secondPersonWithin', (spec) => spec.breakGlass?.secondPersonWithin) ?? own.secondPersonWithinMs,
    reviewWithinMs: settings.readMs('breakGlass.reviewWithin', (spec) => spec.breakGlass?.reviewWithin) ?? own.reviewWithinMs,
  };
}
