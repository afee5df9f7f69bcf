import { t } from '../../../app/i18n';
import { editor } from './editor-strings';

const RSVPS = ['going', 'maybe', 'waitlisted', 'declined', 'cancelled', 'none'] as const;
const ATTENDANCES = ['attended', 'no_show', 'unknown'] as const;
const COMMITMENTS = ['pledged', 'kept', 'broken', 'unknown', 'withdrawn', 'lapsed'] as const;

/** The states that a word is about, with what they are called. */
export const STATES = { rsvp: RSVPS, attendance: ATTENDANCES, commitment: COMMITMENTS } as const;
export const statesOf = (word: keyof typeof STATES): { value: string; label: string }[] =>
  STATES[word].map((value) => ({ value, label: t(editor[`state_${value}`]) }));
