import type { FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import type { FoundMember } from '../members/find-member';
import { listening } from './strings';

export const QUOTES = ['NONE', 'PARAPHRASE', 'VERBATIM'] as const;
export const NAMES = ['ANONYMOUS', 'FIRST_NAME', 'FULL_NAME', 'PSEUDONYM'] as const;
export const SHARES = ['CODERS', 'UNION', 'PUBLIC'] as const;
export const WAYS = ['SPOKEN', 'WRITTEN'] as const;

/** A note on its way. It is never kept in the browser: these are somebody's words, and phones get lost. */
export interface Note {
  readonly text: string;
  readonly language: string;
  readonly known: boolean;
  readonly person: FoundMember | undefined;
  readonly quote: (typeof QUOTES)[number];
  readonly namedAs: (typeof NAMES)[number];
  readonly pseudonym: string;
  readonly sharedWith: (typeof SHARES)[number];
  readonly how: (typeof WAYS)[number];
  /** One for each note, so that sending it again writes nothing twice. */
  readonly idempotencyKey: string;
}

/** The least that a speaker may have allowed: nothing is given that was not said. */
export const newNote = (language: string): Note => ({
  text: '',
  language,
  known: false,
  person: undefined,
  quote: 'NONE',
  namedAs: 'ANONYMOUS',
  pseudonym: '',
  sharedWith: 'CODERS',
  how: 'SPOKEN',
  idempotencyKey: crypto.randomUUID(),
});

/** What may be chosen as a name: nobody who stays unknown has one of their own. */
export const namesOf = ({ known }: Note): readonly (typeof NAMES)[number][] =>
  known ? NAMES : (['ANONYMOUS', 'PSEUDONYM'] as const);

export function problemsOfNote(note: Note): FieldProblem[] {
  const found: FieldProblem[] = [];
  if (note.text.trim() === '') found.push({ field: 'text', message: t(listening.needWords) });
  if (note.known && note.person === undefined)
    found.push({ field: 'find-member', message: t(listening.needSpeaker) });
  if (note.namedAs === 'PSEUDONYM' && note.pseudonym.trim() === '')
    found.push({ field: 'pseudonym', message: t(listening.needPseudonym) });
  return found;
}

/** The note as the API takes it. */
export const inputOf = (note: Note, gatheringId: string, wordingVersion: string) => ({
  gatheringId,
  memberId: note.known ? note.person!.id : null,
  language: note.language,
  text: note.text,
  how: note.how,
  idempotencyKey: note.idempotencyKey,
  consent: {
    quote: note.quote,
    namedAs: note.namedAs,
    pseudonym: note.namedAs === 'PSEUDONYM' ? note.pseudonym : null,
    sharedWith: note.sharedWith,
    wordingVersion,
  },
});
