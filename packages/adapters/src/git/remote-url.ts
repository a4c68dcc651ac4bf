import { InvalidError } from '@fairlead/domain';

/** Refuses a URL that holds a password, or whose protocol isn't allowed, before git sees it. */
export function checkRemoteUrl({ name, url, allowFileProtocol }: { name: string; url: string; allowFileProtocol?: boolean }): void {
  const hint = 'use https://host/path, ssh://user@host/path or user@host:path';
  if (/^[^/]*:\/\/[^/@]*:[^/@]*@/.test(url) || /^https?:\/\/[^/]*@/.test(url)) {
    throw new InvalidError('credentials-in-url', `the url of repository ${name} holds credentials`, { hint: 'give them by reference' });
  }
  if (/^(https?|ssh):\/\/[^-]/.test(url) || /^[A-Za-z0-9][\w.-]*@[A-Za-z0-9][\w.-]*:(?!\/\/)/.test(url)) return;
  if (allowFileProtocol === true && (url.startsWith('/') || url.startsWith('file:///'))) return;
  throw new InvalidError('url-invalid', `the url of repository ${name} names no allowed protocol`, { hint });
}
