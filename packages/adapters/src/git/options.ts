/** How we sign in over HTTP. Never part of a URL, an argument, a log or an error. */
export type GitCredentials =
  { readonly kind: 'basic'; readonly username: string; readonly password: string } | { readonly kind: 'bearer'; readonly token: string };

/** The surroundings that git may see: only names of the allow-list in `git-environment.ts` are taken. */
export type Surroundings = Readonly<Record<string, string | undefined>>;

export interface GitOptions {
  /** Names the repository in errors. */
  readonly name: string;
  /** `http:`, `https:`, `ssh:` or `user@host:path`; a path or `file:` only with `allowFileProtocol`. Holds no password. */
  readonly url: string;
  /** Ours alone; made when it isn't there. Several processes of one machine may share it. */
  readonly mirrorDirectory: string;
  /** Asked before each use of the network, so a short-lived token may be renewed. */
  readonly credentials?: () => Promise<GitCredentials>;
  readonly allowFileProtocol?: boolean;
  /** Where PATH, HOME (for SSH keys), proxies and certificates come from. */
  readonly surroundings?: Surroundings;
  /** Of one use of the network; default 120,000. The process is killed then. */
  readonly timeoutMs?: number;
}
