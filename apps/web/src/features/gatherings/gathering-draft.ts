import { type FieldProblem } from '../../app/error-summary';
import { i18n, t } from '../../app/i18n';
import { agenda } from './agenda-strings';

/** A gathering as it is being typed: every value a text, but for what is ticked. */
export interface GatheringDraft {
  readonly chapterId: string;
  readonly title: string;
  readonly date: string;
  readonly time: string;
  readonly timeZone: string;
  /** `±HH:mm`; chosen where clocks show the time twice. */
  readonly offset: string;
  readonly minutes: string;
  readonly capacity: string;
  readonly place: string;
  readonly onlineUrl: string;
  readonly language: string;
  readonly description: string;
  readonly listed: boolean;
  readonly admission: 'OPEN' | 'APPROVAL' | 'INVITATION';
  /** How many each may bring. */
  readonly guests: string;
  /** For how long a free place is held; empty: it goes to whoever is next. */
  readonly offerHours: string;
}

export const emptyDraft = (): GatheringDraft => ({
  chapterId: '',
  title: '',
  date: '',
  time: '18:30',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  offset: '',
  minutes: '90',
  capacity: '',
  place: '',
  onlineUrl: '',
  language: i18n.locale,
  description: '',
  listed: false,
  admission: 'OPEN',
  guests: '0',
  offerHours: '',
});

const whole = (value: string, from: number, to: number): boolean =>
  /^\d{1,7}$/.test(value.trim()) && Number(value) >= from && Number(value) <= to;

/** What cannot be sent, in the order of the form. */
export function draftProblems(draft: GatheringDraft): FieldProblem[] {
  const wrong: [boolean, keyof GatheringDraft, string][] = [
    [draft.chapterId === '', 'chapterId', agenda.needChapter],
    [draft.title.trim() === '', 'title', agenda.needTitle],
    [draft.date === '', 'date', agenda.needDate],
    [draft.time === '', 'time', agenda.needTime],
    [!whole(draft.minutes, 5, 10_080), 'minutes', agenda.needMinutes],
    [draft.capacity.trim() !== '' && !whole(draft.capacity, 1, 1_000_000), 'capacity', agenda.needCapacity],
    [
      draft.onlineUrl.trim() !== '' && !/^https?:\/\/\S+$/i.test(draft.onlineUrl.trim()),
      'onlineUrl',
      agenda.needLink,
    ],
    [!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(draft.language.trim()), 'language', agenda.needLanguage],
  ];
  return wrong.flatMap(([is, field, word]) => (is ? [{ field, message: t(word) }] : []));
}

/** The local time and length, as the API takes them. */
export const timesOf = ({ date, time, offset, minutes, timeZone }: GatheringDraft) => ({
  startsAt: `${date}T${time}`,
  startsOffset: offset === '' ? null : offset,
  timeZone,
  durationMinutes: Number(minutes),
});

/** The rest of it; what is left empty is null. */
export const detailsOf = (draft: GatheringDraft) => ({
  title: draft.title.trim(),
  listed: draft.listed && draft.admission !== 'INVITATION',
  capacity: draft.capacity.trim() === '' ? null : Number(draft.capacity),
  place: draft.place.trim() || null,
  onlineUrl: draft.onlineUrl.trim() || null,
  language: draft.language.trim(),
  description: draft.description.trim(),
  admission: draft.admission,
  guestsAllowed: Number(draft.guests),
  offerHours: draft.offerHours === '' ? null : Number(draft.offerHours),
});

const FIELDS: Readonly<Record<string, string>> = {
  startsAt: 'time',
  startsOffset: 'time',
  durationMinutes: 'minutes',
};

/** The input of the form that shows a field of the operation. */
export const fieldOf = (field: string): string | undefined => {
  const last = field.split('.').at(-1)!;
  return FIELDS[last] ?? last;
};

/** Our words for what the API says of times. */
export const wordOf = (code: string): string | undefined => {
  const known: Readonly<Record<string, string>> = {
    'GATHERING.TIME_AMBIGUOUS': agenda.twice,
    'GATHERING.OFFSET_WRONG': agenda.otherZone,
    'GATHERING.ZONE_UNKNOWN': agenda.unknownZone,
    'GATHERING.TIME_INVALID': agenda.needTime,
    'GATHERING.CAPACITY_TAKEN': agenda.taken,
  };
  return known[code] === undefined ? undefined : t(known[code]);
};

/** What a clock change asks: another time instead, or which of two. */
export type ClockChange =
  | { readonly kind: 'gap'; readonly next: string }
  | { readonly kind: 'twice'; readonly offsets: readonly string[] };
