/** Fails unless the values are deeply equal. */
export type Equal = (actual: unknown, expected: unknown) => void;

/** What every implementation of a port does, by behaviour. A suite is data, so that this package needs no test framework:
 *  `it.each(Object.entries(forgeContract))('%s', (_, run) => run(world, (actual, expected) => expect(actual).toEqual(expected)))`. */
export type Contract<World> = Readonly<Record<string, (world: World, equal: Equal) => Promise<void>>>;
