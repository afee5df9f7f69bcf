import { setupI18n, type Messages } from '@lingui/core';

export const LANGUAGES = { en: 'English', es: 'Español' } as const;
export type Language = keyof typeof LANGUAGES;

const KEPT_IN = 'unionhall.language';
/** English written from right to left, to look at layouts: set it by hand as the kept language. */
const MIRRORED = 'en-XB';
const known = (name: string | null | undefined): name is Language => name != null && name in LANGUAGES;

function preferred(): string {
  const kept = localStorage.getItem(KEPT_IN);
  if (known(kept) || kept === MIRRORED) return kept;
  return navigator.languages.map((one) => one.slice(0, 2)).find(known) ?? 'en';
}

/** The words of the screens; texts are ICU messages, which the build has compiled. */
export const i18n = setupI18n();
i18n.loadAndActivate({ locale: preferred(), messages: {} });
document.documentElement.lang = i18n.locale;
document.documentElement.dir = i18n.locale === MIRRORED ? 'rtl' : 'ltr';

/** Texts of a feature, in every language there is; a language that is missing does not compile. */
export type Texts = Readonly<Record<string, Readonly<Record<Language, string>>>>;

type Compiled = Readonly<Record<string, Readonly<Record<Language, Exclude<Messages[string], string>>>>>;

/**
 * Registers a feature's texts. @returns for each key what `t` takes.
 */
export function texts<T extends Texts>(feature: string, of: T): Readonly<Record<keyof T, string>> {
  const ids: Record<string, string> = {};
  for (const [key, message] of Object.entries(of as unknown as Compiled)) {
    ids[key] = `${feature}.${key}`;
    for (const language of Object.keys(LANGUAGES) as Language[])
      i18n.load(language, { [`${feature}.${key}`]: message[language] });
    if (i18n.locale === MIRRORED)
      i18n.load(MIRRORED, { [`${feature}.${key}`]: ['\u202e', ...message.en, '\u202c'] });
  }
  return ids as Readonly<Record<keyof T, string>>;
}

/** A text in the language that is spoken. */
export const t = (id: string, values?: Record<string, unknown>): string => i18n._(id, values);

/** Speaks another language from now on, and at the next visit. */
export function speak(language: Language): void {
  localStorage.setItem(KEPT_IN, language);
  i18n.activate(language);
  document.documentElement.lang = language;
  document.documentElement.dir = 'ltr';
}

/** A number as the language writes it. */
export const number = (value: number): string => i18n.number(value);

/** An instant in a zone, with the zone's name: `Tue, Dec 1, 6:30 PM PST`; the year where it is another one. */
export const moment = (instant: string, timeZone?: string): string =>
  i18n.date(instant, {
    weekday: 'short',
    month: 'short',
    ...(new Date(instant).getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' }),
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  });

/** The day of an instant, here: `Dec 1, 2026`. */
export const day = (instant: string): string => i18n.date(instant, { dateStyle: 'medium' });
