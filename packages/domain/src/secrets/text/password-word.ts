import { isPlaceholder } from '../placeholder.ts';

/** What a password is that stands where one is expected: `stand-in`: something else fills it in; `stock`: everybody's first one, live or not. */
export type PasswordWord = 'stand-in' | 'stock' | 'password';

const standIns = [
  /^\$[A-Za-z_{(@]/,
  /^%(?:[sdvq]|\([^()]*\)s|[A-Z_][A-Z0-9_]*%)$/,
  /^[{[<(«].*[}\]>)»]$/,
  /^(.)\1{2,}$/,
  /^(?:\*+|\.{2,}|…|-+|_+|#\{.*\}|@@.*@@|__.*__|["'].*|\\[({].*|`.*)$/,
  /^(?:redacted|masked|hidden|removed|omitted|null|nil|none|undefined|true|false|xxx+\w*)$/i,
  /^(?:ENC\[|vault:|ref\+|op:\/\/)/,
];

const stock =
  /^(?:(?:your|my|some|the)?[-_ ]?(?:user|db|database|root|admin|app|super|client|login|account|service)?[-_]?(?:password|passwort|passwd|passw0rd|passphrase|pass|pwd|pw|secret|token|key|user|username)\d{0,4}|change[-_ ]?me|change[-_ ]?it|example|dummy|fake|test|testing|default|demo|dev|admin|root|guest|postgres|mysql|mongo|redis|rabbitmq|minio|minioadmin|sa|foo|bar|foobar|baz|abc|123456?|1234567890?|replace[-_ ]?me|todo|tbd|insert.*|p4ssw0rd|p@ssw0rd|s3cr3t|letmein)$/i;

export function passwordWord(text: string): PasswordWord {
  const trimmed = text.trim();
  if (trimmed === '' || isPlaceholder(trimmed) || standIns.some((shape) => shape.test(trimmed))) return 'stand-in';
  if (/\$\{|\$\(|\{\{|\$\{\{|#\{|<%/.test(trimmed)) return 'stand-in';
  return stock.test(trimmed) ? 'stock' : 'password';
}
