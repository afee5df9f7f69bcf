import { texts } from '../../app/i18n';

/** The words of a member's own gatherings. */
export const ahead = texts('ahead', {
  next: { en: 'What you are coming to', es: 'A qué va a asistir' },
  none: { en: 'Nothing is planned near you yet.', es: 'Todavía no hay nada previsto cerca de usted.' },
  noneYet: { en: 'Nothing yet. See what is planned below.', es: 'Nada todavía. Mire abajo lo previsto.' },
  open: { en: 'Will you come?', es: '¿Va a venir?' },
  yours: { en: 'In your time: {when}', es: 'En su hora: {when}' },
  come: { en: 'I will come', es: 'Iré' },
  cancel: { en: 'I cannot come', es: 'No puedo ir' },
  coming: { en: 'You are coming. See you there.', es: 'Va a venir. Nos vemos allí.' },
  notComing: {
    en: 'You are not coming. You can change that until it is over.',
    es: 'No va a venir. Puede cambiarlo hasta que termine.',
  },
  cancelled: { en: 'Cancelled by the organizers', es: 'Cancelado por quienes organizan' },
  unanswered: { en: 'You have not answered', es: 'No ha respondido' },
  GOING: { en: 'You have a place.', es: 'Tiene un lugar.' },
  MAYBE: { en: 'You said: maybe.', es: 'Dijo: quizás.' },
  WAITLISTED: {
    en: 'You are on the waiting list. We write when a place is free.',
    es: 'Está en la lista de espera. Escribimos cuando haya un lugar.',
  },
  DECLINED: { en: 'You said that you cannot come.', es: 'Dijo que no puede ir.' },
  CANCELLED: { en: 'You took your answer back.', es: 'Retiró su respuesta.' },
  INVITED: { en: 'You are invited.', es: 'Tiene una invitación.' },
  offered: { en: 'A place is held for you until {when}.', es: 'Se le guarda un lugar hasta {when}.' },
  take: { en: 'Take the place', es: 'Tomar el lugar' },
  requested: {
    en: 'You asked to be let in. We write when it is decided.',
    es: 'Pidió que le admitan. Escribimos cuando se decida.',
  },
  refused: { en: 'You were not let in: {reason}', es: 'No fue admitido: {reason}' },
  ticket: { en: 'Your ticket: show it at the door', es: 'Su entrada: muéstrela en la puerta' },
  code: { en: 'Or say this code: {code}', es: 'O diga este código: {code}' },
});
