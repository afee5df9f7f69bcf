import { CONSENT_WORDINGS } from './consent-wording';
import { consentInvalid, testimonyInvalid, testimonyLanguageUnknown } from './listening.errors';

export const QUOTING = ['none', 'paraphrase', 'verbatim'] as const;
export type Quoting = (typeof QUOTING)[number];
export const NAMINGS = ['anonymous', 'first_name', 'full_name', 'pseudonym'] as const;
export type Naming = (typeof NAMINGS)[number];
/** `coders`: those who code; `union`: whoever is signed in; `public`: everyone. */
export const SHARINGS = ['coders', 'union', 'public'] as const;
export type Sharing = (typeof SHARINGS)[number];
export const CONSENT_WAYS = ['spoken', 'written', 'portal'] as const;
export type ConsentWay = (typeof CONSENT_WAYS)[number];

/** What a speaker allows. */
export interface TestimonyConsent {
  readonly quote: Quoting;
  readonly namedAs: Naming;
  /** With `pseudonym` alone. */
  readonly pseudonym?: string | null;
  readonly sharedWith: Sharing;
  /** One of CONSENT_WORDINGS. */
  readonly wordingVersion: string;
}

export interface TakeTestimony {
  readonly gatheringId: string;
  /** Null: anonymous, and nobody is known. */
  readonly memberId?: string | null;
  /** BCP 47, what was spoken. */
  readonly language: string;
  readonly text: string;
  readonly consent: TestimonyConsent;
  /** How it was given to whoever took the testimony. */
  readonly how: Exclude<ConsentWay, 'portal'>;
  /** 8 to 200 characters: the same again takes nothing twice. */
  readonly idempotencyKey: string;
}

export const LONGEST_TESTIMONY = 20_000;

/** @throws AppError TESTIMONY.CONSENT_INVALID naming the part. */
export function checkedConsent(given: TestimonyConsent, anonymous: boolean, field: string): TestimonyConsent {
  const wrong = (name: string, message: string): never => {
    throw consentInvalid(`${field}.${name}`, message);
  };
  if (!QUOTING.includes(given.quote)) wrong('quote', 'none, paraphrase or verbatim.');
  if (!NAMINGS.includes(given.namedAs)) wrong('namedAs', 'anonymous, first_name, full_name or pseudonym.');
  if (!SHARINGS.includes(given.sharedWith)) wrong('sharedWith', 'coders, union or public.');
  if (!(given.wordingVersion in CONSENT_WORDINGS)) wrong('wordingVersion', 'There is no such wording.');
  const pseudonym = given.pseudonym?.normalize('NFC').trim() || null;
  if ((given.namedAs === 'pseudonym') !== (pseudonym !== null))
    wrong('pseudonym', 'A name of their choice goes with namedAs pseudonym, and with that alone.');
  if (pseudonym !== null && (pseudonym.length > 80 || pseudonym.includes('\0')))
    wrong('pseudonym', 'A name has at most 80 characters.');
  if (anonymous && !['anonymous', 'pseudonym'].includes(given.namedAs))
    wrong('namedAs', 'Nobody is known who could be named.');
  return { ...given, pseudonym };
}

/** The tag in its canonical form. @throws AppError TESTIMONY.LANGUAGE_UNKNOWN. */
export function checkedLanguage(tag: string, field: string): string {
  try {
    const [language] = Intl.getCanonicalLocales(tag);
    if (language !== undefined && language.length <= 35) return language;
  } catch {
    // Refused below.
  }
  throw testimonyLanguageUnknown(field);
}

/** @throws AppError TESTIMONY.INVALID. */
export function checkedText(text: string, field: string): string {
  const trimmed = text.normalize('NFC').trim();
  if (trimmed === '') throw testimonyInvalid(field, 'Say what was said.');
  if (trimmed.length > LONGEST_TESTIMONY)
    throw testimonyInvalid(field, `A testimony has at most ${LONGEST_TESTIMONY} characters.`);
  if (trimmed.includes('\0')) throw testimonyInvalid(field, 'This holds a NUL character.');
  return trimmed;
}
