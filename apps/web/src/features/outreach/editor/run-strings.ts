import { texts } from '../../../app/i18n';

/** The words of the dry run, of publishing, and of versions. */
export const running = texts('running', {
  dryTitle: { en: 'Who would get what', es: 'Quién recibiría qué' },
  dryNothing: { en: 'Nothing has been sent or written.', es: 'No se ha enviado ni escrito nada.' },
  audience: {
    en: '{count, plural, =0 {Nobody is meant now} one {# person is meant now} other {# people are meant now}}.',
    es: '{count, plural, =0 {Ahora no se dirige a nadie} one {Ahora se dirige a # persona} other {Ahora se dirige a # personas}}.',
  },
  reachable: {
    en: '{count, plural, one {# may be written to} other {# may be written to}} by {channel}',
    es: 'A {count} se puede escribir por {channel}',
  },
  refused: { en: '{count} not, by {channel}: {reason}', es: 'A {count} no, por {channel}: {reason}' },
  forExample: { en: 'for example', es: 'por ejemplo' },
  at: { en: '{name}: at the earliest {when}', es: '{name}: como pronto el {when}' },
  onNews: { en: '{name}: when something happens', es: '{name}: cuando ocurra algo' },
  conditional: { en: 'only some of them', es: 'solo algunas personas' },
  tooLate: { en: 'too late by then, so not at all', es: 'ya sería tarde, así que no se envía' },
  needsApproval: {
    en: 'So many people need a second organizer: after publishing it waits until somebody else approves it.',
    es: 'Tantas personas exigen a alguien más que organice: tras publicarla espera a que otra persona la apruebe.',
  },
  publishTitle: { en: 'Publish {title}?', es: '¿Publicar {title}?' },
  startsNow: {
    en: 'From now on it lets people in as you said, and messages leave.',
    es: 'Desde ahora entra gente como usted indicó, y salen mensajes.',
  },
  inside: {
    en: '{count, plural, one {# person is} other {# people are}} inside the version before. What becomes of them?',
    es: '{count, plural, one {# persona está} other {# personas están}} dentro de la versión anterior. ¿Qué pasa con ellas?',
  },
  MOVE: {
    en: 'They move to the same step of the new version; nobody gets a step twice',
    es: 'Pasan al mismo paso de la versión nueva; nadie recibe un paso dos veces',
  },
  FINISH: {
    en: 'They finish the version that they are in',
    es: 'Terminan la versión en la que están',
  },
  STOP: {
    en: 'They leave; what was due is not sent',
    es: 'Salen; lo pendiente no se envía',
  },
  publishNow: { en: 'Publish', es: 'Publicar' },
  published: { en: 'Published.', es: 'Publicada.' },
  versions: { en: 'Versions', es: 'Versiones' },
  version: { en: 'Version {n}', es: 'Versión {n}' },
  publishedAt: { en: 'published {when}', es: 'publicada {when}' },
  draft: { en: 'draft, saved {when}', es: 'borrador, guardado {when}' },
  stillInside: {
    en: '{count, plural, =0 {nobody inside} one {# person inside} other {# people inside}}',
    es: '{count, plural, =0 {nadie dentro} one {# persona dentro} other {# personas dentro}}',
  },
  was_move: { en: 'those inside moved to it', es: 'quienes estaban dentro pasaron a ella' },
  was_finish: { en: 'those inside finished theirs', es: 'quienes estaban dentro terminaron la suya' },
  was_stop: { en: 'those inside left', es: 'quienes estaban dentro salieron' },
  leaveIt: { en: 'Leave it', es: 'Dejarlo' },
});
