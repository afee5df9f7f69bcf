/** What the global set-up started, for the tests to find; set in the environment that they inherit. */
export interface Servers {
  /** The owner's address of the template database's server, any database. */
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  /** Why there is no Redis, when there is none. */
  readonly redisMissing: string | undefined;
}

export const TEMPLATE = 'unionhall_template';

/** @throws Error outside a run of the test suite. */
export function servers(): Servers {
  const databaseUrl = process.env['UNIONHALL_TEST_DATABASE'];
  if (databaseUrl === undefined)
    throw new Error('The test servers are not running: start the tests with npm test.');
  return {
    databaseUrl,
    redisUrl: process.env['UNIONHALL_TEST_REDIS'],
    redisMissing: process.env['UNIONHALL_TEST_REDIS_MISSING'],
  };
}
