/** What `read` gave for the key, at most so long ago: for what changes seldom and is asked for at each look. A failure is not kept. */
export function lately<Value>(maxAgeMs: number, now: () => Date): (key: string, read: () => Promise<Value>) => Promise<Value> {
  const known = new Map<string, { readonly value: Promise<Value>; readonly at: number }>();
  return async (key, read) => {
    const at = now().getTime();
    const kept = known.get(key);
    if (kept !== undefined && at - kept.at < maxAgeMs) return kept.value;
    const value = read();
    known.set(key, { value, at });
    value.catch(() => known.delete(key));
    return value;
  };
}
