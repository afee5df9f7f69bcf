import type { Language, MailMessage, Spoken } from '@unionhall/platform';

const WORDS: Spoken<{ subject: string; open: string; otherwise: string }> = {
  en: {
    subject: 'Your link to sign in',
    open: 'Open this link to sign in. It works once, within 15 minutes of asking for it:',
    otherwise: 'If you did not ask for it, leave this message alone: nobody is signed in by it.',
  },
  es: {
    subject: 'Su enlace para iniciar sesión',
    open: 'Abra este enlace para iniciar sesión. Funciona una sola vez, durante los 15 minutos después de pedirlo:',
    otherwise: 'Si no lo pidió, no haga nada con este mensaje: nadie inicia sesión con él.',
  },
};

/** The mail that carries a sign-in link. */
export function signInMail(to: string, link: string, language: Language): MailMessage {
  const { subject, open, otherwise } = WORDS[language];
  return {
    to,
    subject,
    text: [open, '', link, '', otherwise, ''].join('\n'),
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
  };
}
