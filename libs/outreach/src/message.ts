import { DateTime } from 'luxon';
import type { Spoken } from '@unionhall/platform';
import type { Texts } from './steps';
import type { Words } from './templates/wording';

/** Whom a message comes from, and for what, as its reader is told. */
export interface Why {
  /** A service message comes of an answer that was given, or of a message before, and not of a consent. */
  readonly purpose: string | undefined;
  readonly aboutGathering: boolean;
}

const STOP = {
  en: 'Stop it here, without signing in: {{unsubscribeUrl}}',
  es: 'Deténgalo aquí, sin iniciar sesión: {{unsubscribeUrl}}',
} as const;
const PART = {
  en: 'It is part of “{{sequence}}”.',
  es: 'Es parte de «{{sequence}}».',
} as const;
const PURPOSES: Readonly<Record<string, { readonly en: string; readonly es: string }>> = {
  events: { en: ' about events', es: ' sobre eventos' },
  campaigns: { en: ' about campaigns', es: ' sobre campañas' },
  organizing: { en: ' about organizing', es: ' sobre la organización' },
  newsletter: { en: ' with news', es: ' con noticias' },
};

/** Why somebody gets a message, in every language that we speak: which sequence, which consent, how to stop it. */
export function whyOf({ purpose, aboutGathering }: Why): Texts {
  if (purpose === 'service')
    return aboutGathering
      ? {
          en: 'Why did I get this? You answered that you would come to {{title}}, or might. To get no more messages from {{union}}, without signing in: {{unsubscribeUrl}}',
          es: '¿Por qué recibo esto? Usted respondió que vendría a {{title}}, o tal vez. Para no recibir más mensajes de {{union}}, sin iniciar sesión: {{unsubscribeUrl}}',
        }
      : {
          en: 'Why did I get this? It sets right or follows up something that {{union}} wrote to you. To get no more messages from {{union}}, without signing in: {{unsubscribeUrl}}',
          es: '¿Por qué recibo esto? Corrige o continúa algo que {{union}} le escribió. Para no recibir más mensajes de {{union}}, sin iniciar sesión: {{unsubscribeUrl}}',
        };
  const about = PURPOSES[purpose ?? ''] ?? { en: '', es: '' };
  const near = aboutGathering
    ? { en: ', and {{title}} is in your chapter', es: ', y {{title}} es en su capítulo' }
    : { en: '', es: '' };
  return {
    en: `Why did I get this? You allowed {{union}} to write to you${about.en}${near.en}. ${PART.en} ${STOP.en}`,
    es: `¿Por qué recibo esto? Usted permitió que {{union}} le escribiera${about.es}${near.es}. ${PART.es} ${STOP.es}`,
  };
}

/** What a gateway takes as one message (Twilio, error 21617). */
export const LONGEST_SMS = 1_600;

/** What the first text message of a sequence ends with. */
export const HOW_TO_STOP: Spoken = { en: 'Reply STOP to stop.', es: 'Responda BAJA para no recibir más.' };

/** The text in the recipient's language, or its base language, or English. */
export function pick(texts: Texts, language: string): string {
  const base = language.split('-')[0]!.toLowerCase();
  return texts[language] ?? texts[base] ?? texts['en'] ?? Object.values(texts)[0] ?? '';
}

/** The words of a message for readers of one language. */
export const wordsOf = (subject: Texts, body: Texts, why: Why, language: string): Words => ({
  subject: pick(subject, language),
  body: pick(body, language),
  why: pick(whyOf(why), language),
});

/** A gathering's time as a person reads it, in its own zone, named. */
export function spokenTime(startsAt: Date, timeZone: string, language: string): string {
  return `${DateTime.fromJSDate(startsAt, { zone: timeZone }).setLocale(language).toLocaleString(DateTime.DATETIME_FULL)} (${timeZone})`;
}
