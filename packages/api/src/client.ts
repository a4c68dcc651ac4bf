import { z } from 'zod';
import { Problem } from './problem.ts';
import type { Route } from './route.ts';
import { routes, type RouteName, type Routes } from './routes.ts';

export interface ApiRequest {
  readonly method: string;
  /** With `/api/v1` and query. */
  readonly path: string;
  readonly body?: string;
}

/** Carries a request to a server; throws when there is no answer. */
export type Transport = (request: ApiRequest) => Promise<{ readonly status: number; readonly body: unknown }>;

type InputOf<R extends Route, K extends 'params' | 'query' | 'body'> =
  R extends Readonly<Record<K, infer S extends z.ZodType>> ? Readonly<Record<K, z.input<S>>> : unknown;
export type CallInput<N extends RouteName> = InputOf<Routes[N], 'params'> & InputOf<Routes[N], 'query'> & InputOf<Routes[N], 'body'>;
export type CallAnswer<N extends RouteName> = z.output<Routes[N]['answer']>;

/** The server said no: a problem document, or an answer that isn't one. */
export class ApiError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

const LooseInput = z.object({
  params: z.record(z.string(), z.unknown()).optional(),
  query: z.record(z.string(), z.unknown()).optional(),
  body: z.unknown().optional(),
});

/** The table again, typed so that one name picks one answer. */
const answers: { readonly [N in RouteName]: { readonly answer: z.ZodType<CallAnswer<N>> } } = routes;

export type Call = <N extends RouteName>(name: N, input: CallInput<N>) => Promise<CallAnswer<N>>;

/** The typed client: one function over the route table. Answers are parsed, so a server of another version is noticed at the edge. */
export function apiClient(transport: Transport): Call {
  return async (name, input) => {
    const route: Route = routes[name];
    const { params, query, body } = LooseInput.parse(input);
    const answer = await transport({
      method: route.method,
      path: `/api/v1${fill(route.path, params ?? {})}${queryOf(query ?? {})}`,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status >= 400) throw new ApiError(problemOf(answer.status, answer.body));
    return answers[name].answer.parse(answer.body);
  };
}

function fill(path: string, params: Readonly<Record<string, unknown>>): string {
  return path.replace(/:([a-z]+)/g, (_, key: string) => encodeURIComponent(String(params[key])));
}

/** With its `?`; nothing for what is undefined. */
export function queryOf(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  return pairs.length === 0
    ? ''
    : `?${pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`).join('&')}`;
}

/** A problem document, or what to say where an answer isn't one. */
export function problemOf(status: number, body: unknown): Problem {
  const parsed = Problem.safeParse(body);
  if (parsed.success) return parsed.data;
  return {
    type: 'about:blank',
    title: `the server answered ${String(status)} without a problem document`,
    status,
    code: 'not-a-problem',
    requestId: '',
  };
}
