import type { Gathering } from './gathering.entity';
import type { AppError } from '@unionhall/platform';
import { ADMISSIONS, type Admission } from './places/hall';
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

/** What a gathering can offer to those who could not come otherwise. */
export const ACCESSIBILITY = [
  'step_free',
  'hearing_loop',
  'captions',
  'sign_language',
  'easy_language',
  'quiet_room',
  'childcare',
] as const;
export type Accessibility = (typeof ACCESSIBILITY)[number];

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const MOST_LANGUAGES = 10;

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
  /** BCP 47 tags of languages that it is interpreted into. */
  readonly interpretation?: readonly string[] | null;
  readonly accessibility?: readonly Accessibility[] | null;
  /** Who is let in; `open` by default. */
  readonly admission?: Admission | null;
  /** How many each may bring, 0 to 5; none by default. */
  readonly guestsAllowed?: number | null;
  /** How long a free place is offered to whoever is next, in hours; null: they have it at once. */
  readonly offerHours?: number | null;
  /** So many hours after the end, whoever is unmarked is written down; 48 by default. */
  readonly graceHours?: number | null;
  /** They are written down as absent then, and not as unknown. */
  readonly absentAfterGrace?: boolean | null;
}

/** @param at the place of the times in the input. @throws AppError GATHERING.* about the time, naming the input field. */
export function timesOf(input: GatheringTimes, at = 'input'): { startsAt: Date; endsAt: Date } {
  const { durationMinutes, timeZone } = input;
  checkDuration(durationMinutes, at);
  const startsAt = instantOf(
    { local: input.startsAt, timeZone, ...(input.startsOffset ? { offset: input.startsOffset } : {}) },
    `${at}.startsAt`,
  );
  return { startsAt, endsAt: new Date(startsAt.getTime() + durationMinutes * 60_000) };
}

/** @throws AppError GATHERING.INVALID unless it is a whole number of minutes from 5 to 7 days. */
export function checkDuration(minutes: number, at = 'input'): void {
  if (!Number.isInteger(minutes) || minutes < 5 || minutes > 7 * 24 * 60) {
    throw gatheringInvalid(`${at}.durationMinutes`, 'A gathering lasts from 5 minutes to 7 days.');
  }
}

/** @throws AppError GATHERING.INVALID naming the first field that cannot stand. */
export function checkDetails(input: Partial<GatheringDetails>): void {
  if (input.title === null) throw gatheringInvalid('input.title', 'This must not be empty.');
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
  if (language != null && !LANGUAGE.test(language)) {
    throw gatheringInvalid('input.language', 'A language is a tag like en or pt-BR.');
  }
  checkLists(input);
  checkPlaces(input);
  if (meetingId != null && !/^[\d\s-]{6,20}$/.test(meetingId)) {
    throw gatheringInvalid('input.meetingId', 'A meeting has a number of 6 to 20 digits.');
  }
}

function checkPlaces(input: Partial<GatheringDetails>): void {
  const { admission } = input;
  if (admission != null && !ADMISSIONS.includes(admission))
    throw gatheringInvalid('input.admission', `One of ${ADMISSIONS.join(', ')}.`);
  if (admission === 'invitation' && input.listed === true) throw listedByInvitation();
  for (const [field, least, most] of [
    ['guestsAllowed', 0, 5],
    ['offerHours', 1, 168],
    ['graceHours', 1, 720],
  ] as const) {
    const value = input[field];
    if (value != null && (!Number.isInteger(value) || value < least || value > most))
      throw gatheringInvalid(`input.${field}`, `A whole number from ${least} to ${most}.`);
  }
}

/** What only the invited may know of has no page that everyone may open. */
export const listedByInvitation = (): AppError =>
  gatheringInvalid('input.listed', 'A gathering by invitation has no page that everyone may open.');

function checkLists({ interpretation, accessibility }: Partial<GatheringDetails>): void {
  if (new Set(interpretation).size > MOST_LANGUAGES)
    throw gatheringInvalid('input.interpretation', `At most ${MOST_LANGUAGES} languages.`);
  interpretation?.forEach((tag, index) => {
    if (!LANGUAGE.test(tag))
      throw gatheringInvalid(`input.interpretation.${index}`, 'A language is a tag like en or pt-BR.');
  });
  accessibility?.forEach((one, index) => {
    if (!ACCESSIBILITY.includes(one))
      throw gatheringInvalid(`input.accessibility.${index}`, `One of ${ACCESSIBILITY.join(', ')}.`);
  });
}

/** The columns that a change gives a value to: what is absent stays, null empties where it may. */
export function changesOf(input: Partial<GatheringDetails>): Partial<Gathering> {
  const { title, description, capacity, place, onlineUrl, meetingId, language, listed } = input;
  const { interpretation, accessibility, admission, guestsAllowed, offerHours, graceHours } = input;
  return {
    ...given('title', title?.trim()),
    ...given('description', description === null ? '' : description),
    ...given('capacity', capacity),
    ...given('place', place),
    ...given('onlineUrl', onlineUrl),
    ...given('meetingKey', meetingId === null ? null : meetingId?.replace(/\D/g, '')),
    ...given('language', language ?? undefined),
    ...given('listed', listed ?? undefined),
    ...given('interpretation', interpretation === undefined ? undefined : unique(interpretation)),
    ...given('admission', admission ?? undefined),
    ...given('guestsAllowed', guestsAllowed ?? undefined),
    ...given('offerHours', offerHours),
    ...given('graceHours', graceHours ?? undefined),
    ...given('absentAfterGrace', input.absentAfterGrace ?? undefined),
    ...given('accessibility', accessibility === undefined ? undefined : unique(accessibility)),
  };
}

/** Whether a change gives another place, or another address of the meeting. */
export const placeChanges = (
  before: Pick<Gathering, 'place' | 'onlineUrl'>,
  { place, onlineUrl }: Partial<GatheringDetails>,
): boolean =>
  (place !== undefined && place !== before.place) ||
  (onlineUrl !== undefined && onlineUrl !== before.onlineUrl);

/** Each once, in the order of the alphabet; none for null. */
export const unique = (values: readonly string[] | null | undefined): string[] => [...new Set(values)].sort();

function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
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
