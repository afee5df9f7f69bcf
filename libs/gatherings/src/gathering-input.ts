import { gatheringInvalid } from './gatherings.errors';
import { instantOf } from './local-time';

export interface GatheringTimes {
  /** Local time in the gathering's zone, `YYYY-MM-DDTHH:mm`. */
  readonly startsAt: string;
  /** `±HH:mm`, where clocks show the start twice. */
  readonly startsOffset?: string | null;
  readonly durationMinutes: number;
  /** IANA name. */
  readonly timeZone: string;
}

export interface GatheringDetails {
  readonly title: string;
  readonly description?: string | null;
  /** Places; null or absent: no limit. */
  readonly capacity?: number | null;
  readonly place?: string | null;
  readonly onlineUrl?: string | null;
  readonly meetingId?: string | null;
  /** BCP 47 language of the gathering; `en` by default. */
  readonly language?: string | null;
  /** Whether everyone may open its page; no by default. */
  readonly listed?: boolean | null;
}

/** @param at the place of the times in the input. @throws AppError GATHERING.* about the time, naming the input field. */
export function timesOf(input: GatheringTimes, at = 'input'): { startsAt: Date; endsAt: Date } {
  const { durationMinutes, timeZone } = input;
  if (!Number.isInteger(durationMinutes) || durationMinutes < 5 || durationMinutes > 7 * 24 * 60) {
    throw gatheringInvalid(`${at}.durationMinutes`, 'A gathering lasts from 5 minutes to 7 days.');
  }
  const startsAt = instantOf(
    { local: input.startsAt, timeZone, ...(input.startsOffset ? { offset: input.startsOffset } : {}) },
    `${at}.startsAt`,
  );
  return { startsAt, endsAt: new Date(startsAt.getTime() + durationMinutes * 60_000) };
}

/** @throws AppError GATHERING.INVALID naming the first field that cannot stand. */
export function checkDetails(input: Partial<GatheringDetails>): void {
  if (input.title !== undefined) text('input.title', input.title, 200, true);
  text('input.description', input.description, 10_000);
  text('input.place', input.place, 500);
  const { capacity, onlineUrl, language, meetingId } = input;
  if (capacity != null && (!Number.isInteger(capacity) || capacity < 1 || capacity > 1_000_000)) {
    throw gatheringInvalid('input.capacity', 'A capacity is a whole number from 1 to 1,000,000.');
  }
  if (onlineUrl != null && !isWebAddress(onlineUrl)) {
    throw gatheringInvalid('input.onlineUrl', 'An address begins with https:// or http://.');
  }
  if (language != null && !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language)) {
    throw gatheringInvalid('input.language', 'A language is a tag like en or pt-BR.');
  }
  if (meetingId != null && !/^[\d\s-]{6,20}$/.test(meetingId)) {
    throw gatheringInvalid('input.meetingId', 'A meeting has a number of 6 to 20 digits.');
  }
}

function text(field: string, value: string | null | undefined, max: number, needed = false): void {
  if (value == null) return;
  if (needed && value.trim() === '') throw gatheringInvalid(field, 'This must not be empty.');
  if (value.length > max) throw gatheringInvalid(field, `This has at most ${max} characters.`);
  if (value.includes('\0')) throw gatheringInvalid(field, 'This holds a NUL character.');
}

function isWebAddress(value: string): boolean {
  return (
    value.length <= 1_000 && URL.canParse(value) && ['https:', 'http:'].includes(new URL(value).protocol)
  );
}
