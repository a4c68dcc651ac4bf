/** What a registry is signed in with. An identity token is exchanged for one of the registry's, and never sent to it. */
export type Credential =
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'identity-token'; readonly token: string }
  | { readonly kind: 'registry-token'; readonly token: string };

/** `host` as credentials are kept by it, `path` of the repository. */
export type FindCredential = (registry: { readonly host: string; readonly path: string }) => Promise<Credential | 'none'>;

export function basicHeader({ user, password }: { readonly user: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
