import { migrationBlockers, type Blocker } from '@fairlead/domain';
import { checkContract } from '../delivery/check-contract.ts';
import type { EnginePorts } from '../engine-ports.ts';
import type { NamedRelease } from '../release/release-named.ts';
import type { EnvironmentConfiguration } from '../service/environment-configuration.ts';
import { orderBlockers } from './facts/order-blockers.ts';
import { sourceBlockers } from './source-blockers.ts';

interface Starting {
  readonly configuration: EnvironmentConfiguration;
  readonly release: NamedRelease;
}

/** What refuses a start at once: it would not change while the promotion waits, or somebody has to act elsewhere first. */
export async function blockersToStart(ports: EnginePorts, { configuration, release }: Starting, now: Date): Promise<readonly Blocker[]> {
  const { manifest, digest } = release;
  return [
    ...(await checkContract(ports, configuration, now)),
    ...(await sourceBlockers(configuration, manifest, now)),
    ...migrationBlockers(manifest, now),
    ...(await orderBlockers({ ports, configuration, promotion: { release: { digest, version: manifest.metadata.version } } }, now)),
  ];
}
