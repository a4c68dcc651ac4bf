/** A field that is there only where it says something. */
export function given<Key extends string, From, To>(
  key: Key,
  value: From | null | undefined,
  map: (value: From) => To,
): Partial<Record<Key, To>> {
  const mapped: Partial<Record<Key, To>> = {};
  if (value !== undefined && value !== null && value !== '') mapped[key] = map(value);
  return mapped;
}

export function same<Value>(value: Value): Value {
  return value;
}
