import { Refusal } from './refusal.ts';

/** Standard base64, nothing else: `Buffer.from` skips what it doesn't know, so that two texts would be one value. */
export function strictBase64(text: string, what: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (text === '' || bytes.toString('base64') !== text) throw new Refusal('malformed', `${what} is not base64`);
  return bytes;
}
