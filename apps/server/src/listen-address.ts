import { once } from 'node:events';
import { createServer } from 'node:net';
import { ConflictError, InvalidError } from '@fairlead/domain';

/** `host:port`, or `[v6]:port`, in its parts. */
export function hostAndPort(address: string): { readonly host: string; readonly port: number } {
  const at = address.lastIndexOf(':');
  return { host: address.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(address.slice(at + 1)) };
}

/** Tries the address before anything is made: a second start by mistake must leave nothing behind. */
export async function requireFree(address: string): Promise<void> {
  const probe = createServer();
  const listening = once(probe, 'listening');
  probe.listen(hostAndPort(address));
  await listening.catch((error: unknown) => {
    throw addressFault(address, error);
  });
  probe.close();
  await once(probe, 'close');
}

/** What a refused address means for its user; anything else stays what it is. */
export function addressFault(address: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new ConflictError('address-in-use', `${address} is in use by another program`, {
      hint: 'stop it, or choose another address: --listen 127.0.0.1:0',
    });
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EACCES') {
    return new InvalidError('address-unusable', `can't listen on ${address}: ${code}`, {
      hint: 'choose an address of this machine that you may use: --listen 127.0.0.1:0',
    });
  }
  return error;
}
