/** A kind of job. `Payload` is ids alone: a job is a wake-up, the row is the truth. */
export interface JobDefinition<Payload extends object = Record<string, never>> {
  readonly name: string;
  readonly queue: QueueName;
  /** Carries the payload's type; never set. */
  readonly payload?: Payload;
}

export type QueueName = 'default' | 'outreach';
export const QUEUES: readonly QueueName[] = ['default', 'outreach'];

const defined = new Map<string, JobDefinition<never>>();
const schedules = new Map<string, { job: JobDefinition<never>; everyMs: number }>();

/** Names a job, once and for good. */
export function defineJob<Payload extends object = Record<string, never>>(
  name: string,
  options: { queue?: QueueName } = {},
): JobDefinition<Payload> {
  if (defined.has(name)) throw new Error(`The job ${name} is defined twice.`);
  const job: JobDefinition<Payload> = { name, queue: options.queue ?? 'default' };
  defined.set(name, job as JobDefinition<never>);
  return job;
}

/** Wakes `job` every so many milliseconds, in one worker of all that run. */
export function defineSchedule(job: JobDefinition, everyMs: number): void {
  schedules.set(job.name, { job: job as JobDefinition<never>, everyMs });
}

export const definedJobs = (): readonly JobDefinition<never>[] => [...defined.values()];
export const definedSchedules = (): readonly { job: JobDefinition<never>; everyMs: number }[] => [
  ...schedules.values(),
];

const HANDLES = Symbol('unionhall.handles');
type Handled = { job: string; method: string };

/** Marks the method of an injectable class that does a job: `(payload) => Promise<void>`. */
export function Handles<Payload extends object>(
  job: JobDefinition<Payload>,
): <T extends (payload: Payload) => Promise<unknown>>(
  target: object,
  method: string | symbol,
  descriptor: TypedPropertyDescriptor<T>,
) => void {
  return (target, method) => {
    const constructor = target.constructor as { [HANDLES]?: Handled[] };
    (constructor[HANDLES] ??= []).push({ job: job.name, method: String(method) });
  };
}

export type JobHandler = (payload: never) => Promise<unknown>;

/**
 * Finds the handler of every defined job among instances.
 * @throws Error when a job has no handler, or two: the boot stops.
 */
export function collectHandlers(instances: readonly object[]): Map<string, JobHandler> {
  const found = new Map<string, JobHandler>();
  for (const instance of instances) {
    const handled = (instance.constructor as { [HANDLES]?: Handled[] })[HANDLES] ?? [];
    for (const { job, method } of handled) {
      if (found.has(job)) throw new Error(`The job ${job} has two handlers.`);
      const callable = (instance as Record<string, JobHandler>)[method];
      if (callable === undefined) throw new Error(`The handler of ${job} is missing.`);
      found.set(job, callable.bind(instance));
    }
  }
  for (const { name } of defined.values()) {
    if (!found.has(name)) throw new Error(`The job ${name} has no handler.`);
  }
  return found;
}
