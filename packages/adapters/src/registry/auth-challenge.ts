/** What a registry asks for (RFC 9110 `WWW-Authenticate`), as far as registries use it. */
export type AuthChallenge =
  { readonly kind: 'bearer'; readonly realm: string; readonly service?: string; readonly scope?: string } | { readonly kind: 'basic' };

const parameter = /^\s*([A-Za-z_]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]*))\s*,?/;

/** The challenge that we can meet; bearer before basic. */
export function authChallenge(header: string): AuthChallenge | 'none' {
  const bearer = /(?:^|,)\s*bearer\s+/i.exec(header);
  if (bearer !== null) {
    const { realm, service, scope } = parametersOf(header.slice(bearer.index + bearer[0].length));
    if (realm !== undefined)
      return { kind: 'bearer', realm, ...(service === undefined ? {} : { service }), ...(scope === undefined ? {} : { scope }) };
  }
  return /(?:^|,)\s*basic(?:\s|$)/i.test(header) ? { kind: 'basic' } : 'none';
}

function parametersOf(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (let rest = text.slice(0, 8192); ;) {
    const match = parameter.exec(rest);
    if (match === null) return found;
    const [whole, name = '', quoted, bare] = match;
    found[name.toLowerCase()] ??= quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '';
    rest = rest.slice(whole.length);
  }
}
