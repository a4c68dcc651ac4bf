import type { Installation } from '@fairlead/domain';
import { advancePromotion } from '@fairlead/engine';
import type { FastifyInstance } from 'fastify';
import type { Environment } from './config/env.ts';
import { createApp } from './http/app.ts';
import { issueToken } from './http/tokens.ts';
import type { Log } from './log.ts';
import { addressFault, hostAndPort, requireFree } from './listen-address.ts';
import { meetRepositories } from './meet-repositories.ts';
import { liftSuspensionsInTime } from './observers/lift-suspensions.ts';
import { observeDelivery } from './observers/observe-delivery.ts';
import { observeDrift } from './observers/observe-drift.ts';
import { observeShadow } from './observers/observe-shadow.ts';
import { wire, type Wired } from './wire.ts';

export interface ServerOptions {
  readonly installation: Installation;
  readonly env: Environment;
  readonly log: Log;
}

const linkLifetimeMs = 60 * 60_000;

/** Runs all roles in this process: API, worker, observer. Ready when it returns. */
export async function startServer({ installation, env, log }: ServerOptions): Promise<RunningServer> {
  await requireFree(installation.spec.listen);
  const wired = await wire(installation, env, log);
  try {
    await meetRepositories(wired.ports, log);
    const app = createApp({ ...wired, log, publicUrl: installation.spec.publicUrl });
    const listening = await listen(app, installation.spec.listen);
    const url = installation.spec.publicUrl ?? listening;
    const wakes = wired.startWakes((id) => advancePromotion(wired.ports, id));
    const observers = new AsyncDisposableStack();
    const drift = observers.use(observeDrift(wired.ports, log, wired.name));
    const shadow = observers.use(observeShadow(wired.ports, log));
    observers.use(observeDelivery(wired.ports, log, [drift, shadow]));
    observers.use(liftSuspensionsInTime(wired.ports, log));
    log('server-started', { url, dataDir: wired.dataDir, pid: process.pid });
    return new RunningServer(url, { wired, app, wakes, observers });
  } catch (error) {
    await wired[Symbol.asyncDispose]();
    throw error;
  }
}

interface Parts {
  readonly wired: Wired;
  readonly app: FastifyInstance;
  readonly wakes: AsyncDisposable;
  readonly observers: AsyncDisposable;
}

/** A server that answers, and the means to stop it. */
export class RunningServer {
  readonly url: string;
  readonly #parts: Parts;

  constructor(url: string, parts: Parts) {
    this.url = url;
    this.#parts = parts;
  }

  /** A new one-time link for the local admin, good for an hour. */
  async signInLink(): Promise<string> {
    const { secret } = await issueToken(this.#parts.wired.ports, { user: 'admin', role: 'admin', lifetimeMs: linkLifetimeMs, once: true });
    return `${this.url}/login?code=${secret}`;
  }

  /** Takes no more requests, lets running steps come to a record, then stops what it started. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { app, observers, wakes, wired } = this.#parts;
    await app.close();
    await observers[Symbol.asyncDispose]();
    await wakes[Symbol.asyncDispose]();
    await wired[Symbol.asyncDispose]();
  }
}

async function listen(app: FastifyInstance, address: string): Promise<string> {
  return app.listen(hostAndPort(address)).catch((error: unknown) => {
    throw addressFault(address, error);
  });
}
