import { DateTime } from 'luxon';
import { targetsOf } from './definition';
import type { StepConfig } from './step';

export interface TimetableFacts {
  readonly now: Date;
  /** Where the person is. IANA. */
  readonly zone: string;
  readonly gathering: { readonly startsAt: Date; readonly endsAt: Date; readonly timeZone: string } | null;
  /** The hours between which messages leave. */
  readonly hours: { readonly from: number; readonly until: number };
}

/** When a message would go to somebody who enters now. */
export interface Planned {
  readonly key: string;
  readonly name: string;
  readonly channel: 'email' | 'sms';
  /** The soonest that it can be; undefined when that follows from news that have not come. */
  readonly at?: Date;
  /** Whether everyone comes to it, or those only who take a way or meet a condition. */
  readonly conditional: boolean;
  /** Whether it makes no sense any more by then. */
  readonly tooLate: boolean;
}

interface Place {
  at: DateTime | undefined;
  conditional: boolean;
}

/** Walks every way through the steps for a person who enters now, and says when each message would go. */
export function timetable(steps: readonly StepConfig[], facts: TimetableFacts): Planned[] {
  const places = new Map<string, Place>();
  const index = new Map(steps.map(({ key }, at) => [key, at]));
  const arrive = (at: number, place: Place): void => {
    const step = steps[at];
    if (step === undefined) return;
    const known = places.get(step.key);
    // Two ways that meet: the sooner one is told.
    if (known === undefined) places.set(step.key, { ...place });
    else if (known.at !== undefined && (place.at === undefined || place.at < known.at)) known.at = place.at;
  };
  const planned: Planned[] = [];
  arrive(0, { at: DateTime.fromJSDate(facts.now, { zone: facts.zone }), conditional: false });
  steps.forEach((step, at) => {
    const here = places.get(step.key);
    if (here === undefined) return;
    if (step.kind === 'message') planned.push(message(step, here, facts));
    for (const { to } of targetsOf(step))
      arrive(index.get(to)!, { at: branched(step, here, facts), conditional: true });
    const on = next(step, here, facts);
    if (on !== undefined) arrive(at + 1, on);
  });
  return planned;
}

function message(step: StepConfig & { kind: 'message' }, here: Place, facts: TimetableFacts): Planned {
  const at = here.at === undefined ? undefined : daytime(here.at, facts);
  const { key, name, channel = 'email', until, only } = step;
  const tooLate =
    until === 'start' &&
    facts.gathering !== null &&
    at !== undefined &&
    at.toJSDate() >= facts.gathering.startsAt;
  const conditional = here.conditional || only !== undefined;
  return { key, name, channel, conditional, tooLate, ...(at === undefined ? {} : { at: at.toJSDate() }) };
}

/** The first moment from then on that is between the hours. */
function daytime(at: DateTime, { hours }: TimetableFacts): DateTime {
  if (at.hour >= hours.from && at.hour < hours.until) return at;
  const day = at.hour < hours.from ? at : at.plus({ days: 1 });
  return day.set({ hour: hours.from, minute: 0, second: 0, millisecond: 0 });
}

/** When those go on who take a way that is not the next step. */
function branched(step: StepConfig, here: Place, facts: TimetableFacts): DateTime | undefined {
  if (step.kind === 'wait' && 'event' in step) return here.at?.plus({ minutes: step.timeoutMinutes });
  if (step.kind === 'branch' && step.patience !== undefined && facts.gathering !== null)
    return latest(here.at, DateTime.fromJSDate(facts.gathering.endsAt, { zone: facts.zone }));
  return here.at;
}

function next(step: StepConfig, here: Place, facts: TimetableFacts): Place | undefined {
  if (step.kind === 'exit' || step.kind === 'split') return undefined;
  if (step.kind === 'branch')
    return step.otherwise !== undefined || step.patience !== undefined
      ? undefined
      : { at: here.at, conditional: true };
  if (step.kind !== 'wait') return here;
  return { at: 'event' in step ? here.at : waited(step, here.at, facts), conditional: here.conditional };
}

function waited(
  step: StepConfig & { kind: 'wait' },
  at: DateTime | undefined,
  { gathering, zone }: TimetableFacts,
): DateTime | undefined {
  if (at === undefined || 'event' in step) return undefined;
  if ('for' in step) return at.plus({ minutes: step.for.minutes });
  if ('until' in step) return untilTime(step.until, at);
  if (gathering === null) return undefined;
  const anchor = DateTime.fromJSDate(step.anchor === 'start' ? gathering.startsAt : gathering.endsAt, {
    zone: gathering.timeZone,
  });
  return latest(
    at,
    anchor
      .plus({ days: step.days ?? 0 })
      .plus({ minutes: step.minutes })
      .setZone(zone),
  );
}

function untilTime(
  { time, weekdays }: { time: string; weekdays?: readonly number[] },
  at: DateTime,
): DateTime {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  for (let days = 0; days <= 8; days += 1) {
    const day = at.startOf('day').plus({ days }).set({ hour, minute });
    if (day >= at && (weekdays === undefined || weekdays.includes(day.weekday))) return day;
  }
  return at;
}

const latest = (a: DateTime | undefined, b: DateTime): DateTime | undefined =>
  a === undefined ? undefined : a > b ? a : b;
