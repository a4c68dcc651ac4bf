const gone = '[redacted]';

/** Each names what it hides; the order matters only where one contains another. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi, `$1${gone}@`],
  [/\b(bearer|basic|token)\s+[\w.~+/=-]{8,}/gi, `$1 ${gone}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, gone],
  [/\b((?:access_|id_|refresh_)?token|password|passwd|secret|api_?key|signature|sig)(["']?\s*[=:]\s*["']?)[^\s&"',;]+/gi, `$1$2${gone}`],
];

/** Takes out of foreign text what may be a credential: URL user parts, bearer tokens, JWTs, `name=value` of telling names. */
export function redact(text: string): string {
  return secrets.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}
