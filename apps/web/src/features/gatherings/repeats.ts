import type { GatheringDraft } from './gathering-draft';

export const REPEATS = ['WEEKLY', 'BIWEEKLY', 'WEEKDAY', 'DATE'] as const;
export type Repeat = (typeof REPEATS)[number];

/** How a gathering repeats, as it is being chosen. */
export interface RepeatDraft {
  readonly repeat: Repeat | '';
  readonly times: string;
  /** Dates left out, `YYYY-MM-DD`. */
  readonly except: readonly string[];
  readonly atGap: 'NEXT_VALID' | 'LEAVE_OUT' | '';
  readonly atOverlap: 'EARLIER' | 'LATER' | '';
}

export const noRepeat = (): RepeatDraft => ({ repeat: '', times: '6', except: [], atGap: '', atOverlap: '' });

const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** The RRULE (RFC 5545) of a choice. @param date of the first gathering, `YYYY-MM-DD`. */
export function ruleOf(repeat: Repeat, times: string, date: string): string {
  const first = new Date(`${date}T00:00:00Z`);
  const nth = Math.ceil(first.getUTCDate() / 7);
  // A fifth Tuesday is not in every month; the last one is.
  const weekday = `${nth === 5 ? -1 : nth}${DAYS[first.getUTCDay()]}`;
  const rules: Readonly<Record<Repeat, string>> = {
    WEEKLY: 'FREQ=WEEKLY',
    BIWEEKLY: 'FREQ=WEEKLY;INTERVAL=2',
    WEEKDAY: `FREQ=MONTHLY;BYDAY=${weekday}`,
    DATE: `FREQ=MONTHLY;BYMONTHDAY=${first.getUTCDate()}`,
  };
  return `${rules[repeat]};COUNT=${Number(times)}`;
}

export const goodTimes = (times: string): boolean =>
  /^\d{1,3}$/.test(times.trim()) && Number(times) >= 2 && Number(times) <= 200;

/** What the API takes for the dates of a series. */
export const seriesOf = (draft: GatheringDraft, repeat: RepeatDraft) => ({
  rule: ruleOf(repeat.repeat as Repeat, repeat.times, draft.date),
  startsAt: `${draft.date}T${draft.time}`,
  durationMinutes: Number(draft.minutes),
  timeZone: draft.timeZone,
  exceptDates: [...repeat.except],
  atGap: repeat.atGap === '' ? null : repeat.atGap,
  atOverlap: repeat.atOverlap === '' ? null : repeat.atOverlap,
});
