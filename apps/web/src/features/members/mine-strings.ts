import { texts } from '../../app/i18n';

/** The words of a member's own pages. */
export const mine = texts('mine', {
  hello: { en: 'Hello, {name}', es: 'Hola, {name}' },
  consents: { en: 'What we may write to you about', es: 'Sobre qué podemos escribirle' },
  said: { en: 'Since {when}', es: 'Desde {when}' },
  never: { en: 'Never allowed', es: 'Nunca permitido' },
  noMember: {
    en: 'This account belongs to no member. Organizers find their work in the console.',
    es: 'Esta cuenta no pertenece a ningún miembro. Quien organiza encuentra su trabajo en la consola.',
  },
  console: { en: 'Go to the console', es: 'Ir a la consola' },
});
