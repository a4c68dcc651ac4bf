import type { EffectStep } from '@fairlead/domain';
import type { EnginePorts } from '@fairlead/engine';

/** Where the process dies: between an effect's intent and the effect, or between the effect and its result. */
export interface Boundary {
  readonly step: Exclude<EffectStep, 'close-change'>;
  readonly when: 'before the effect' | 'after the effect';
}

export class Killed extends Error {
  constructor() {
    super('killed');
    this.name = 'Killed';
  }
}

export interface CrashingPorts {
  readonly ports: EnginePorts;
  /** Whether the boundary was reached. */
  readonly killed: () => boolean;
}

type Work<A extends readonly unknown[], R> = (...args: A) => Promise<R>;

/** The ports of a process that dies at the boundary: from then on nothing of it reaches the database or the world. */
export function crashingPorts(ports: EnginePorts, boundary: Boundary): CrashingPorts {
  let dead = false;
  const alive = <A extends readonly unknown[], R>(work: Work<A, R>): Work<A, R> => {
    return async (...args) => {
      if (dead) throw new Killed();
      return work(...args);
    };
  };
  const at = <A extends readonly unknown[], R>(step: Boundary['step'], work: Work<A, R>): Work<A, R> => {
    if (step !== boundary.step) return alive(work);
    return async (...args) => {
      if (dead) throw new Killed();
      if (boundary.when === 'after the effect') await work(...args);
      dead = true;
      throw new Killed();
    };
  };
  const { argocd } = ports.delivery;
  return {
    killed: () => dead,
    ports: {
      ...ports,
      store: { read: alive((work) => ports.store.read(work)), transact: alive((work) => ports.store.transact(work)) },
      claims: {
        take: alive((id) => ports.claims.take(id)),
        lookAgain: alive((claim) => ports.claims.lookAgain(claim)),
        letGo: alive((claim, next) => ports.claims.letGo(claim, next)),
      },
      delivery: {
        ...ports.delivery,
        argocd: { ...argocd, requestSync: at('request-sync', (target, request) => argocd.requestSync(target, request)) },
      },
      http: { check: at('run-validation', (check, timeoutMs) => ports.http.check(check, timeoutMs)) },
      bundles: { ...ports.bundles, keep: at('keep-bundle', (name, pieces) => ports.bundles.keep(name, pieces)) },
      repositories: ports.repositories.map((repository) => ({
        ...repository,
        git: {
          ...repository.git,
          push: at('push-branch', (branch: string, commit, expected) => repository.git.push(branch, commit, expected)),
        },
        forge: {
          ...repository.forge,
          openChange: at('open-change', (change) => repository.forge.openChange(change)),
          mergeChange: at('merge-change', (change, head) => repository.forge.mergeChange(change, head)),
        },
      })),
    },
  };
}
