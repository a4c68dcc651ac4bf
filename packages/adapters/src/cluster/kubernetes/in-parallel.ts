/** As many requests at once as an API server takes from one client without queueing them. */
const atOnce = 8;

/** Each of them, a few at once, in their order. The first failure is thrown; what is under way then ends unheard. */
export async function inParallel<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const queue = items.entries();
  const takeTurns = async (): Promise<void> => {
    for (const [index, item] of queue) results.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, takeTurns));
  return [...results].toSorted(([one], [other]) => one - other).map(([, result]) => result);
}
