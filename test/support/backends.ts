import { servers } from './servers';

/**
 * Runs a suite once on each queue backend. Without Redis its half is reported as skipped, with the
 * reason in its name; CI refuses to run without Redis at all.
 */
export function onEachBackend(title: string, suite: (environment: NodeJS.ProcessEnv) => void): void {
  const { redisUrl, redisMissing } = servers();
  describe(`${title} (queues on PostgreSQL)`, () => suite({}));
  if (redisUrl !== undefined) describe(`${title} (queues on Redis)`, () => suite({ REDIS_URL: redisUrl }));
  else {
    const test = it;
    test.skip(`${title} (queues on Redis): ${redisMissing ?? 'no Redis'}`, () => undefined);
  }
}
