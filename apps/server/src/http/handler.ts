import type { CallAnswer, RouteName, Routes } from '@fairlead/api';
import type { z } from 'zod';
import type { Session } from './session.ts';

type Part<N extends RouteName, K extends 'params' | 'query' | 'body'> =
  Routes[N] extends Readonly<Record<K, infer S extends z.ZodType>> ? z.output<S> : undefined;

/** A request that was parsed and authorised. */
interface Request<N extends RouteName> {
  readonly params: Part<N, 'params'>;
  readonly query: Part<N, 'query'>;
  readonly body: Part<N, 'body'>;
  readonly session: Routes[N]['permission'] extends 'open' ? undefined : Session;
}

/** Parse → use case → present: the parsing is done by the table. */
type Handler<N extends RouteName> = (request: Request<N>) => Promise<CallAnswer<N>>;

export type Handlers = { readonly [N in RouteName]: Handler<N> };
