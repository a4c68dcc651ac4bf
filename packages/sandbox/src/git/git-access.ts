import { timingSafeEqual } from 'node:crypto';

/** Whether an `Authorization` header carries the token, as bearer or as the password of any user, as forges accept it. */
export function carriesToken(header: string | undefined, token: string): boolean {
  const [scheme = '', credentials = ''] = (header ?? '').split(' ', 2);
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return sameText(credentials, token);
    case 'basic':
      return sameText(passwordOf(credentials), token);
    default:
      return false;
  }
}

function passwordOf(credentials: string): string {
  const decoded = Buffer.from(credentials, 'base64').toString();
  return decoded.slice(decoded.indexOf(':') + 1);
}

function sameText(given: string, wanted: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}
