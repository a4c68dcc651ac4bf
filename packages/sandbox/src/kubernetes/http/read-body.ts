import type { IncomingMessage } from 'node:http';
import { StatusError } from '../api/status-error.ts';

const limitBytes = 3 * 1024 * 1024;

export async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    // Read on to the end: a client that is still sending would see a broken connection, not the answer.
    if (size <= limitBytes) chunks.push(bytes);
  }
  if (size > limitBytes) {
    throw new StatusError('RequestEntityTooLarge', `Request entity too large: limit is ${limitBytes.toString()}`);
  }
  return Buffer.concat(chunks).toString('utf8');
}
