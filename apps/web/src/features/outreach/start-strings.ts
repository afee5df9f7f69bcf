import { texts } from '../../app/i18n';

/** The words of starting outreach: for whom, what they get, and when. */
export const starting = texts('starting', {
  title: { en: 'Start outreach: {title}', es: 'Iniciar la difusión: {title}' },
  who: { en: 'Who is it for?', es: '¿Para quién es?' },
  within: { en: 'Everyone in', es: 'Todas las personas de' },
  withinHint: { en: 'With all chapters below it.', es: 'Con todas las secciones de abajo.' },
  language: { en: 'who reads', es: 'que leen en' },
  anyLanguage: { en: 'any language', es: 'cualquier idioma' },
  status: { en: 'whose status is', es: 'con estado' },
  anyStatus: { en: 'any status', es: 'cualquier estado' },
  tag: {
    en: 'with the tag (empty: with any or none)',
    es: 'con la etiqueta (vacío: con cualquiera o ninguna)',
  },
  matching: {
    en: '{count, plural, =0 {Nobody matches} one {# person matches} other {# people match}}',
    es: '{count, plural, =0 {Nadie coincide} one {# persona coincide} other {# personas coinciden}}',
  },
  sample: { en: 'Some of them', es: 'Algunas de ellas' },
  widen: {
    en: 'Nobody matches all of this. Take a condition away.',
    es: 'Nadie cumple todo esto. Quite una condición.',
  },
  review: { en: 'Review', es: 'Revisar' },
  needChapter: { en: 'Choose a chapter', es: 'Elija una sección' },
  needPeople: {
    en: 'Nobody matches. Choose other people',
    es: 'Nadie coincide. Elija a otras personas',
  },
  choose: { en: 'Choose…', es: 'Elegir…' },
  what: { en: 'Who gets what, and when', es: 'Quién recibe qué, y cuándo' },
  at: { en: 'Now', es: 'Ahora' },
  invitation: {
    en: 'An invitation, to each of these {count, plural, one {# person} other {# people}} who may be written to',
    es: 'Una invitación, a cada una de estas {count, plural, one {# persona} other {# personas}} a quien se puede escribir',
  },
  reminder: {
    en: 'A reminder, to all of them who have not said that they do not come',
    es: 'Un recordatorio, a quienes no hayan dicho que no vendrán',
  },
  soon: { en: 'At once, since it is less than a day away', es: 'Enseguida, pues falta menos de un día' },
  after: { en: 'From {when}', es: 'Desde el {when}' },
  thanks: { en: 'Thanks, to those who came', es: 'Gracias, a quienes asistieron' },
  missed: {
    en: 'A message to those who did not come and had not said so',
    es: 'Un mensaje a quienes no asistieron y no lo habían dicho',
  },
  unknown: {
    en: 'Nothing to those whose attendance nobody took within two days',
    es: 'Nada a aquellas cuya asistencia nadie tomó en dos días',
  },
  whoNot: { en: 'Who gets nothing', es: 'Quién no recibe nada' },
  noConsent: {
    en: 'People who did not allow messages about gatherings, or opted out',
    es: 'Quien no permitió mensajes sobre encuentros, o pidió no recibirlos',
  },
  noAddress: { en: 'People without an e-mail address', es: 'Quien no tiene correo' },
  doubles: {
    en: 'The second of two people with the same address',
    es: 'La segunda de dos personas con el mismo correo',
  },
  shown: {
    en: 'Each of them is listed with the reason as soon as it is known. You can hold or end everything at any time.',
    es: 'Cada una aparece con el motivo en cuanto se sabe. Puede pausar o terminar todo en cualquier momento.',
  },
  confirm: {
    en: 'Start for {count, plural, one {# person} other {# people}}',
    es: 'Iniciar para {count, plural, one {# persona} other {# personas}}',
  },
  back: { en: 'Choose other people', es: 'Elegir a otras personas' },
  started: { en: 'Outreach has started.', es: 'La difusión empezó.' },
});
