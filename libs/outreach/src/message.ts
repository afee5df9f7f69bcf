import { DateTime } from 'luxon';
import type { Texts } from './steps';

export interface MessageFacts {
  readonly name: string;
  readonly title: string;
  readonly when: string;
  readonly place: string;
  readonly chapter: string;
  readonly rsvpUrl: string;
}

const WHY: Texts = {
  en: 'Why did I get this? You allowed {{union}} to write to you about events, and {{title}} is in your chapter. Stop it here, without signing in: {{unsubscribeUrl}}',
  es: '¿Por qué recibo esto? Usted permitió que {{union}} le escribiera sobre eventos, y {{title}} es en su capítulo. Deténgalo aquí, sin iniciar sesión: {{unsubscribeUrl}}',
};

const WHY_SERVICE: Texts = {
  en: 'Why did I get this? You answered that you would come to {{title}}, or might. To get no more messages from {{union}}, without signing in: {{unsubscribeUrl}}',
  es: '¿Por qué recibo esto? Usted respondió que vendría a {{title}}, o tal vez. Para no recibir más mensajes de {{union}}, sin iniciar sesión: {{unsubscribeUrl}}',
};

/** The text in the recipient's language, or its base language, or English. */
export function pick(texts: Texts, language: string): string {
  const base = language.split('-')[0]!.toLowerCase();
  return texts[language] ?? texts[base] ?? texts['en'] ?? Object.values(texts)[0] ?? '';
}

/** Fills `{{name}}`; a name that the facts do not have is an error, never an empty place. */
export function fill(template: string, facts: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = facts[name];
    if (value === undefined) throw new Error(`The template names ${name}, which there is not.`);
    return value;
  });
}

/** A gathering's time as a person reads it, in its own zone, named. */
export function spokenTime(startsAt: Date, timeZone: string, language: string): string {
  return `${DateTime.fromJSDate(startsAt, { zone: timeZone }).setLocale(language).toLocaleString(DateTime.DATETIME_FULL)} (${timeZone})`;
}

export interface Composed {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * One message in one language: plain text, and the same as HTML with every value escaped.
 * @param isService whether it comes of an answer that was given, and not of a consent.
 */
export function compose(
  subject: Texts,
  body: Texts,
  language: string,
  facts: MessageFacts,
  unsubscribeUrl: string,
  union: string,
  isService = false,
): Composed {
  const all = { ...facts, unsubscribeUrl, union };
  const text = `${fill(pick(body, language), all)}\n\n${'-'.repeat(3)}\n${fill(pick(isService ? WHY_SERVICE : WHY, language), all)}\n`;
  // A subject is one line: a line break in a title must not become a header.
  const oneLine = fill(pick(subject, language), all).replaceAll(/[\r\n]+/g, ' ');
  return { subject: oneLine, text, html: toHtml(text, language) };
}

function toHtml(text: string, language: string): string {
  const escaped = text.replaceAll(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  const linked = escaped.replaceAll(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);
  return `<!doctype html><html lang="${language.replaceAll(/[^\w-]/g, '')}"><body><p>${linked.replaceAll('\n\n', '</p><p>').replaceAll('\n', '<br>')}</p></body></html>`;
}
