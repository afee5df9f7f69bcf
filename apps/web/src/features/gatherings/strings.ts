import { texts } from '../../app/i18n';

export const gatherings = texts('gatherings', {
  title: { en: 'Gatherings', es: 'Encuentros' },
  none: { en: 'Nothing is planned here yet.', es: 'Todavía no hay nada previsto.' },
  TRAINING: { en: 'Training', es: 'Formación' },
  LISTENING_SESSION: { en: 'Listening session', es: 'Sesión de escucha' },
  going: {
    en: '{count, plural, one {# going} other {# going}}',
    es: '{count, plural, one {# asistirá} other {# asistirán}}',
  },
  GOING: { en: 'Going', es: 'Asistirá' },
  MAYBE: { en: 'Maybe', es: 'Quizás' },
  DECLINED: { en: 'Not coming', es: 'No asistirá' },
  CANCELLED: { en: 'Cancelled', es: 'Canceló' },
  WAITLISTED: { en: 'Waiting list', es: 'En lista de espera' },
  INVITED: { en: 'Invited', es: 'Invitada' },
  cancelled: { en: 'Cancelled', es: 'Cancelado' },
});
