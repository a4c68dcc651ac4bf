import { connect, createServer, type Socket } from 'node:net';

/** A wire between a client and a server that can be cut and mended. */
export interface CutProxy {
  readonly port: number;
  /** Every connection breaks, new ones break at once. */
  cut(): void;
  mend(): void;
  close(): void;
}

export async function cutProxy(to: URL): Promise<CutProxy> {
  const open = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    const far = connect(Number(to.port), to.hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    if (whole) near.pipe(far).pipe(near);
    else near.destroy();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const cut = (): void => {
    whole = false;
    for (const socket of open) socket.destroy();
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut,
    mend() {
      whole = true;
    },
    close() {
      cut();
      server.close();
    },
  };
}
