/** Where a test finds the run's server: the global set-up writes it, the test processes inherit it. */
export const testServerVariable = 'FAIRLEAD_TEST_POSTGRES';

/** The migrated database that each test file gets a copy of. */
export const templateDatabase = 'fairlead';
