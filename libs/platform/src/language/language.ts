/** The languages that our own pages and mails are written in. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text in every language. */
export type Spoken<T = string> = Readonly<Record<Language, T>>;

/** The language of ours that a tag (BCP 47, like `es-MX`) names; undefined when it is none of ours. */
export function languageOf(tag: string | null | undefined): Language | undefined {
  const primary = tag?.trim().split('-', 1)[0]!.toLowerCase();
  return LANGUAGES.find((language) => language === primary);
}

/**
 * The language of ours that an Accept-Language header likes best (RFC 9110, 12.5.4); of equals the
 * one named first; English when it names none of ours.
 */
export function languageAsked(header: string | undefined): Language {
  let best: { language: Language; weight: number } | undefined;
  for (const range of (header ?? '').split(',')) {
    const [tag, ...parameters] = range.split(';');
    const language = languageOf(tag);
    const q = parameters.map((one) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/i.exec(one)?.[1]).find(Boolean);
    const weight = q === undefined ? 1 : Number(q);
    if (language !== undefined && weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language ?? 'en';
}
