import { texts } from '../../app/i18n';

/** The words of a member's own pages. */
export const mine = texts('mine', {
  hello: { en: 'Hello, {name}', es: 'Hola, {name}' },
  gatherings: { en: 'Your gatherings', es: 'Sus encuentros' },
  noGatherings: {
    en: 'You have answered no invitation yet.',
    es: 'Aún no ha respondido a ninguna invitación.',
  },
  cancel: { en: 'I cannot come', es: 'No puedo ir' },
  come: { en: 'I will come', es: 'Iré' },
  consents: { en: 'What we may write to you about', es: 'Sobre qué podemos escribirle' },
  said: { en: 'Since {when}', es: 'Desde {when}' },
  never: { en: 'Never allowed', es: 'Nunca permitido' },
  wording: { en: 'Write to me about this by e-mail.', es: 'Escríbanme sobre esto por correo.' },
  commitments: { en: 'Your commitments', es: 'Sus compromisos' },
  noCommitments: { en: 'You have made no pledge yet.', es: 'Todavía no ha hecho ninguna promesa.' },
  kept: { en: 'I kept it', es: 'Lo cumplí' },
  withdraw: { en: 'Take it back', es: 'Retirarlo' },
  seen: { en: 'Who saw your data', es: 'Quién vio sus datos' },
  notSeen: { en: 'Nobody has looked at your data.', es: 'Nadie ha mirado sus datos.' },
  USER: { en: 'An organizer', es: 'Una organizadora' },
  PARTNER: { en: 'A partner organisation', es: 'Una organización aliada' },
  SYSTEM: { en: 'The union’s own work', es: 'El propio trabajo del sindicato' },
  LINK: { en: 'A link that was sent to you', es: 'Un enlace que se le envió' },
  ANONYMOUS: { en: 'Somebody not signed in', es: 'Alguien sin sesión' },
  fields: {
    en: '{count, plural, one {# field} other {# fields}}: {names}',
    es: '{count, plural, one {# campo} other {# campos}}: {names}',
  },
  noMember: {
    en: 'This account belongs to no member. Organizers find their work in the console.',
    es: 'Esta cuenta no pertenece a ningún miembro. Quien organiza encuentra su trabajo en la consola.',
  },
  console: { en: 'Go to the console', es: 'Ir a la consola' },
});
