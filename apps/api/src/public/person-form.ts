import { emailKey } from '@unionhall/identity';
import { AppError, type Language, type Spoken } from '@unionhall/platform';
import type { TickedConsent } from '@unionhall/outreach';
import { html, textField, type FieldErrors, type Html } from '../pages';
import { consentBoxes, tickedConsents } from './consent-words';

const ENGLISH = {
  name: 'Your name',
  email: 'Your email address',
  emailHint: 'We send you a link. Nothing counts until you open it and confirm.',
  optional: 'You need not tick this to take part. You can stop at any time.',
  noName: 'Enter your name',
  longName: 'Enter a name of at most 200 letters',
  noEmail: 'Enter an email address, like name@example.org',
};
const WORDS: Spoken<typeof ENGLISH> = {
  en: ENGLISH,
  es: {
    name: 'Su nombre',
    email: 'Su correo electrónico',
    emailHint: 'Le enviaremos un enlace. Nada cuenta hasta que lo abra y confirme.',
    optional: 'No hace falta marcar esto para participar. Puede darse de baja en cualquier momento.',
    noName: 'Escriba su nombre',
    longName: 'Escriba un nombre de 200 letras como máximo',
    noEmail: 'Escriba un correo electrónico, como nombre@example.org',
  },
};

export type FormBody = Readonly<Record<string, unknown>>;

/** What a person wrote into a form, as it came. */
export interface PersonEntry {
  readonly name: string;
  readonly email: string;
  readonly consents: readonly TickedConsent[];
  readonly errors: FieldErrors;
}

/** A field of a form; empty when it is not one line of text. */
export const entered = (body: FormBody | undefined, name: string): string => {
  const value = body?.[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** Reads name, address and consents, and says what is wrong with each. */
export function readPerson(
  body: FormBody | undefined,
  purposes: readonly string[],
  language: Language,
): PersonEntry {
  const words = WORDS[language];
  const name = entered(body, 'name');
  const email = entered(body, 'email');
  return {
    name,
    email,
    consents: tickedConsents(purposes, language, body ?? {}),
    errors: {
      ...(name === '' ? { name: words.noName } : name.length > 200 ? { name: words.longName } : {}),
      ...(isAddress(email) ? {} : { email: words.noEmail }),
    },
  };
}

/** The three fields of a public form: name, address, and what may be written about. */
export function personFields(
  language: Language,
  purposes: readonly string[],
  entry: PersonEntry | undefined,
): Html {
  const words = WORDS[language];
  const ticked = new Set(entry?.consents.map(({ purpose }) => purpose));
  return html`${textField({
      name: 'name',
      label: words.name,
      autocomplete: 'name',
      value: entry?.name,
      error: entry?.errors['name'],
    })}${textField({
      name: 'email',
      label: words.email,
      hint: words.emailHint,
      type: 'email',
      autocomplete: 'email',
      value: entry?.email,
      error: entry?.errors['email'],
    })}
    <div class="field">
      ${consentBoxes(purposes, language, ticked)}<span class="hint">${words.optional}</span>
    </div>`;
}

function isAddress(email: string): boolean {
  try {
    return emailKey(email) !== '';
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
