import type { KubeConfig } from '@kubernetes/client-node';
import { request as requestHttp } from 'node:http';
import { request as requestHttps, type RequestOptions } from 'node:https';
import { parseJson, type Json } from '../json/json.ts';

export interface RawOptions {
  /** JSON, unless it is a text already. */
  readonly body?: Json;
  readonly contentType?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RawAnswer {
  readonly code: number;
  readonly body: Json;
}

/** A request as the kubeconfig says, without a client's ideas of what may be asked. */
export async function rawRequest(
  kubeConfig: KubeConfig,
  raw: RawOptions & { readonly method: string; readonly path: string },
): Promise<RawAnswer> {
  const url = new URL(`${kubeConfig.getCurrentCluster()?.server ?? ''}${raw.path}`);
  for (const [name, value] of Object.entries(raw.query ?? {})) url.searchParams.set(name, value);
  const body = raw.body === undefined ? undefined : typeof raw.body === 'string' ? raw.body : JSON.stringify(raw.body);
  // Node gives a DELETE no length by itself, and a body without one is no part of the request.
  const headers: Record<string, string> =
    body === undefined
      ? {}
      : { 'content-type': raw.contentType ?? 'application/json', 'content-length': Buffer.byteLength(body).toString() };
  const options: RequestOptions = { method: raw.method, headers };
  await kubeConfig.applyToHTTPSOptions(options);
  Object.assign(headers, raw.headers);
  const text = await send(url, options, body);
  return { code: text.code, body: text.json ? parseJson(text.text) : text.text };
}

interface TextAnswer {
  readonly code: number;
  readonly text: string;
  readonly json: boolean;
}

function send(url: URL, options: RequestOptions, body: string | undefined): Promise<TextAnswer> {
  return new Promise((resolve, reject) => {
    const start = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = start(url, options, (response) => {
      const chunks: string[] = [];
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => chunks.push(chunk));
      response.on('end', () => {
        const json = (response.headers['content-type'] ?? '').startsWith('application/json');
        resolve({ code: response.statusCode ?? 0, text: chunks.join(''), json });
      });
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}
