import type { FindCredential } from './credential.ts';

/** What is to be known of one registry beside its name. */
export interface RegistrySettings {
  /** `host` or `host:port`, as images name it. */
  readonly host: string;
  /** Speak HTTP without TLS. Loopback needs no word for it. */
  readonly plainHttp?: boolean;
  /** Asked first, in this order. */
  readonly mirrors?: readonly RegistryMirror[];
}

/** Another registry with the same content. What it serves by digest is verified, so it can't lie. */
export interface RegistryMirror {
  readonly host: string;
  /** Put before the repository's name. */
  readonly prefix?: string;
  readonly plainHttp?: boolean;
  /** Its word counts on what a tag names, too; without it tags are asked at the registry itself. */
  readonly resolvesTags?: boolean;
}

export interface OciRegistryOptions {
  readonly registries?: readonly RegistrySettings[];
  readonly credentials?: FindCredential;
  /** For one exchange. */
  readonly timeoutMs?: number;
  readonly retry?: Partial<RetryLimits>;
  readonly now?: () => Date;
}

export interface RetryLimits {
  readonly attempts: number;
  /** Before the second attempt; it doubles from one to the next. */
  readonly firstWaitMs: number;
  /** A registry that asks for more patience is given up at once. */
  readonly longestWaitMs: number;
}

export const defaultRetry: RetryLimits = { attempts: 4, firstWaitMs: 500, longestWaitMs: 30_000 };
export const defaultTimeoutMs = 30_000;
