import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { z } from 'zod';

/** Stands before a server, and writes down what it is asked for. */
export interface RequestLog extends AsyncDisposable {
  readonly url: string;
  /** `GET /path`, in the order in which they came, without queries. */
  readonly lines: readonly string[];
}

const Address = z.object({ port: z.number() });

export async function requestLog(target: string): Promise<RequestLog> {
  const { hostname, port } = new URL(target);
  const lines: string[] = [];
  const server = createServer((asked, answer) => {
    lines.push(`${asked.method ?? ''} ${(asked.url ?? '').split('?')[0] ?? ''}`);
    pass({ asked, answer, to: { hostname, port } });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String(Address.parse(server.address()).port)}`,
    lines,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

interface Passing {
  readonly asked: IncomingMessage;
  readonly answer: ServerResponse;
  readonly to: { readonly hostname: string; readonly port: string };
}

/** A watch ends where either side ends it. */
function pass({ asked, answer, to }: Passing): void {
  const passed = request({ ...to, method: asked.method, path: asked.url, headers: asked.headers }, (given) => {
    answer.writeHead(given.statusCode ?? 502, given.headers);
    answer.flushHeaders();
    given.pipe(answer);
    given.on('error', () => answer.destroy());
  });
  passed.on('error', () => answer.destroy());
  answer.on('close', () => passed.destroy());
  asked.pipe(passed);
}
