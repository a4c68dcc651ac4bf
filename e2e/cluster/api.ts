import { request } from 'node:https';
import { text } from 'node:stream/consumers';

interface ApiOptions {
  /** A text is sent as it is, everything else as JSON. */
  readonly body?: unknown;
  readonly contentType?: string;
  readonly query?: Readonly<Record<string, string>>;
}

export interface ApiAnswer {
  readonly code: number;
  readonly text: string;
}

/** Asks the API server as its administrator. */
export type CallApi = (method: string, path: string, options?: ApiOptions) => Promise<ApiAnswer>;

export function apiCaller({ server, ca, token }: { readonly server: string; readonly ca: string; readonly token: string }): CallApi {
  return async (method, path, { body, contentType = 'application/json', query = {} } = {}) => {
    const url = new URL(path, server);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(sent !== undefined && { 'content-type': contentType }),
    };
    return new Promise((resolve, reject) => {
      const call = request(url, { method, ca, headers }, (response) => {
        text(response).then((answer) => {
          resolve({ code: response.statusCode ?? 0, text: answer });
        }, reject);
      });
      call.on('error', reject);
      call.end(sent);
    });
  };
}

/** The same, for what must succeed. */
export async function must(answer: Promise<ApiAnswer>): Promise<string> {
  const { code, text: body } = await answer;
  if (code >= 300) throw new Error(`the API server answered ${code.toString()}: ${body}`);
  return body;
}
