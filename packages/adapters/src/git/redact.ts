/** Takes secrets and URL credentials out of text that may reach a log or an error. */
export function redact(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret.length > 0);
  const without = known.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  return without.replaceAll(/(:\/\/)[^/\s@]+@/g, '$1***@');
}
