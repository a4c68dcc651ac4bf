import type { Call } from '@fairlead/api';
import { DriftId } from '@fairlead/domain';
import { UsageError } from './usage-error.ts';

/** The difference that a word names: its id, or a beginning of it that no other open one has. */
export async function driftIdOf(call: Call, word: string | undefined): Promise<DriftId> {
  const text = (word ?? '').replace(/^drift\//, '').replace(/…$/, '');
  const id = DriftId.safeParse(text);
  if (id.success) return id.data;
  if (!/^d-[0-9a-f]{4,31}$/.test(text))
    throw new UsageError(`${JSON.stringify(word ?? '')} is no id of a difference`, 'fairlead drift list');
  const { items } = await call('listDrift', { query: { open: 'true', limit: '500' } });
  const found = items.filter((item) => item.id.startsWith(text));
  const [only, another] = found;
  if (only !== undefined && another === undefined) return only.id;
  throw new UsageError(`${String(found.length)} open differences begin with ${text}`, 'fairlead drift list -o wide shows whole ids');
}
