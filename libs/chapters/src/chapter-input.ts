import { IANAZone } from 'luxon';
import { CHAPTER_KINDS, type ChapterKind } from './chapter.entity';
import { chapterInvalid } from './chapters.errors';

export interface NewChapter {
  readonly name: string;
  readonly kind: string;
  /** Lower-case letters, digits and hyphens; part of public addresses. */
  readonly slug: string;
  /** An IANA time zone. */
  readonly timeZone: string;
  /** A BCP 47 language tag. */
  readonly language: string;
  /** Without it, a new root. */
  readonly parentId?: string;
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** @throws AppError CHAPTER.INVALID naming the field. */
export function checkChapter(input: NewChapter): NewChapter & { readonly kind: ChapterKind } {
  const name = input.name.trim().normalize('NFC');
  if (name.length < 1 || name.length > 200) throw chapterInvalid('name', 'A name has 1 to 200 characters.');
  const kind = CHAPTER_KINDS.find((one) => one === input.kind);
  if (kind === undefined) throw chapterInvalid('kind', `A chapter is one of: ${CHAPTER_KINDS.join(', ')}.`);
  if (!SLUG.test(input.slug) || input.slug.length > 80) {
    throw chapterInvalid(
      'slug',
      'A short name has lower-case letters, digits and single hyphens, at most 80.',
    );
  }
  if (!IANAZone.isValidZone(input.timeZone)) throw chapterInvalid('timeZone', 'There is no such time zone.');
  return { ...input, name, kind, language: languageOf(input.language) };
}

function languageOf(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? refuse();
  } catch {
    return refuse();
  }
}

function refuse(): never {
  throw chapterInvalid('language', 'This is not a language tag.');
}
