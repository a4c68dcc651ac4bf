import { fromBase64Url } from './base64-url.ts';
import { foundPassword } from './found-password.ts';
import { isStart, type TextPattern } from './text-pattern.ts';
import type { TextSecret } from './text-secret.ts';

interface CommandShape {
  readonly what: string;
  readonly anchors: readonly string[];
  readonly anyCase?: true;
  /** Group 1 is the password. */
  readonly shape: RegExp;
}

const word = String.raw`(?:"([^"\n]{1,128})"|'([^'\n]{1,128})'|([^\s"';|&)<>\`,\]]{1,128}))`;

/** Passwords that commands and scripts are given. What a program's arguments say inside of an object is S10's. */
const shapes: readonly CommandShape[] = [
  {
    what: 'in the environment of a database client',
    anchors: ['PGPASSWORD=', 'MYSQL_PWD=', 'REDISCLI_AUTH=', 'SSHPASS=', 'RESTIC_PASSWORD=', 'BORG_PASSPHRASE='],
    shape: new RegExp(String.raw`[A-Z_]{6,16}=${word}`, 'y'),
  },
  {
    what: 'on a command line',
    anchors: ['--password', '--passphrase', '--docker-password', '--http-password', '--client-secret', '--secret-key'],
    shape: new RegExp(String.raw`--[a-z-]{6,20}[= ]${word}`, 'y'),
  },
  { what: 'on a command line (sshpass)', anchors: ['sshpass -p'], shape: new RegExp(String.raw`sshpass -p ?${word}`, 'y') },
  {
    what: 'on a command line (curl)',
    anchors: ['curl '],
    shape: /curl [^\n|;]{0,300}?(?:-u|--user)[= ]?["']?[^\s:"'$]{1,64}:([^\s"'|;]{1,128})/y,
  },
];

function commandPattern({ what, anchors, shape }: CommandShape): TextPattern {
  return {
    anchors,
    find: (text, at) => {
      if (!isStart(text, at)) return undefined;
      shape.lastIndex = at;
      const found = shape.exec(text);
      const password = found?.slice(1).find((group?: string) => group !== undefined) ?? '';
      return found === null ? undefined : passwordGiven({ start: at, end: shape.lastIndex }, password, what);
    },
  };
}

function passwordGiven(place: Pick<TextSecret, 'start' | 'end'>, password: string, where: string): TextSecret | undefined {
  return password.startsWith('-') || password.startsWith('/') ? undefined : foundPassword({ ...place, where }, password);
}

const authorization = /authorization["']?\s{0,4}[:=]\s{0,4}["']?(basic|bearer|token)\s{1,4}([\w+/=.~-]{8,2000})/iy;

/** A header with its value. A web token or a provider's is found as such. */
function header(text: string, at: number): TextSecret | undefined {
  authorization.lastIndex = at;
  const [whole, scheme = '', value = ''] = authorization.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const place = { start: at, end: at + whole.length };
  if (scheme.toLowerCase() !== 'basic')
    return isOpaque(value) ? { ...place, rule: 'S09', what: 'a token in an Authorization header' } : undefined;
  const [, password = ''] = /^[^:]*:([^]*)$/.exec(fromBase64Url(value.replace(/=+$/, ''))) ?? [];
  return passwordGiven(place, password, 'in an Authorization header');
}

/** Letters and digits mixed as nobody types them. */
function isOpaque(value: string): boolean {
  return (
    value.length >= 20 &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    new Set(value).size >= 10 &&
    !/example|your|token|secret|xxxx/i.test(value)
  );
}

export const commandCredentials: readonly TextPattern[] = [
  ...shapes.map(commandPattern),
  { anchors: ['authorization'], anyCase: true, find: header },
];
