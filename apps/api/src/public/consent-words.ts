import type { TickedConsent } from '@unionhall/outreach';
import type { Language, Spoken } from '@unionhall/platform';
import { checkBox, type Html } from '../pages';

/** What a person is asked to allow, word for word as it is kept with their consent. */
export const CONSENT_WORDS: Spoken<Readonly<Record<string, string>>> = {
  en: {
    newsletter: 'Send me the newsletter by email.',
    organizing: 'Write to me by email about taking part in my chapter.',
    events: 'Write to me by email about gatherings.',
    campaigns: 'Write to me by email about this campaign and others.',
  },
  es: {
    newsletter: 'Quiero recibir el boletín por correo electrónico.',
    organizing: 'Escríbanme por correo electrónico sobre cómo participar en mi capítulo.',
    events: 'Escríbanme por correo electrónico sobre encuentros.',
    campaigns: 'Escríbanme por correo electrónico sobre esta campaña y otras.',
  },
};

const field = (purpose: string): string => `consent-${purpose}`;

/** A box for each purpose, none ticked until somebody does. */
export const consentBoxes = (
  purposes: readonly string[],
  language: Language,
  ticked: ReadonlySet<string>,
): Html[] =>
  purposes.map((purpose) =>
    checkBox(field(purpose), 'yes', CONSENT_WORDS[language][purpose]!, ticked.has(purpose)),
  );

/** What was ticked, with the words that stood beside it. */
export const tickedConsents = (
  purposes: readonly string[],
  language: Language,
  body: Readonly<Record<string, unknown>>,
): TickedConsent[] =>
  purposes
    .filter((purpose) => body[field(purpose)] === 'yes')
    .map((purpose) => ({ purpose, wording: CONSENT_WORDS[language][purpose]! }));
