import type { Language, MailMessage, Spoken } from '@unionhall/platform';
import type { RequestKind } from './request-subject';

type Words = Readonly<Record<RequestKind, { subject: string; open: string }>> & { otherwise: string };

const WORDS: Spoken<Words> = {
  en: {
    pledge: { subject: 'Confirm your pledge', open: 'Open this link to confirm your pledge:' },
    rsvp: { subject: 'Confirm that you are coming', open: 'Open this link to confirm that you are coming:' },
    join: { subject: 'Confirm that you want to take part', open: 'Open this link to confirm:' },
    otherwise:
      'It works for seven days. If this was not you, leave this message alone: nothing happens, and we forget the request.',
  },
  es: {
    pledge: {
      subject: 'Confirme su compromiso',
      open: 'Abra este enlace para confirmar su compromiso:',
    },
    rsvp: { subject: 'Confirme que vendrá', open: 'Abra este enlace para confirmar que vendrá:' },
    join: { subject: 'Confirme que quiere participar', open: 'Abra este enlace para confirmar:' },
    otherwise:
      'Sirve durante siete días. Si no lo pidió usted, no haga nada con este mensaje: no pasará nada y olvidaremos la petición.',
  },
};

/** The mail that asks whether it was truly the holder of this address who asked. The same for everyone. */
export function requestMail(
  to: string,
  kind: RequestKind,
  title: string,
  link: string,
  language: Language,
): MailMessage {
  const { [kind]: words, otherwise } = WORDS[language];
  const line = title.replaceAll(/\s+/g, ' ');
  return {
    to: { name: '', address: to },
    subject: `${words.subject}: ${line}`,
    text: [line, '', words.open, '', link, '', otherwise, ''].join('\n'),
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
  };
}
