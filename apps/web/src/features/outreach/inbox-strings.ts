import { texts } from '../../app/i18n';

/** The words of the inbox. */
export const inbox = texts('inbox', {
  title: { en: 'Inbox', es: 'Bandeja de entrada' },
  replies: { en: 'What members wrote', es: 'Lo que escribieron los miembros' },
  tasks: { en: 'To do', es: 'Por hacer' },
  show: { en: 'Show', es: 'Mostrar' },
  waiting: { en: 'what waits for someone', es: 'lo que espera a alguien' },
  all: { en: 'everything', es: 'todo' },
  noReplies: { en: 'Nobody waits for an answer.', es: 'Nadie espera respuesta.' },
  noTasks: { en: 'There is nothing to do.', es: 'No hay nada por hacer.' },
  toOutreach: { en: 'See the outreach', es: 'Ver la difusión' },
  formerMember: { en: 'Somebody whose record was deleted', es: 'Alguien cuyo registro se borró' },
  EMAIL: { en: 'by e-mail', es: 'por correo' },
  SMS: { en: 'by text message', es: 'por mensaje de texto' },
  asksToStop: { en: 'Seems to ask for no more messages', es: 'Parece pedir que no le escriban más' },
  asksToStopMeans: {
    en: 'Nothing is sent to them until you have read this and answered.',
    es: 'No se le envía nada hasta que usted lo lea y decida.',
  },
  answerTo: { en: 'What to do about {name}', es: 'Qué hacer con {name}' },
  NOTED: { en: 'I have read it', es: 'Lo he leído' },
  RESUMED: { en: 'They did not mean stop', es: 'No quería decir que paren' },
  STOPPED: { en: 'Stop all messages to them', es: 'Dejar de escribirle' },
  wasNOTED: { en: 'Read', es: 'Leído' },
  wasRESUMED: { en: 'Read: messages go on', es: 'Leído: los mensajes siguen' },
  wasSTOPPED: { en: 'Stopped: no more messages', es: 'Parado: no hay más mensajes' },
  stopTitle: { en: 'Stop all messages to {name}?', es: '¿Dejar de escribir a {name}?' },
  stopAddresses: {
    en: 'Their e-mail address and their telephone number are opted out of everything.',
    es: 'Su correo y su teléfono quedan fuera de todo envío.',
  },
  stopConsents: {
    en: 'What they allowed is withdrawn, with the date and this reply as the reason.',
    es: 'Lo que permitió queda retirado, con la fecha y esta respuesta como motivo.',
  },
  stopBack: {
    en: 'Only they can allow messages again.',
    es: 'Solo esa persona puede volver a permitir mensajes.',
  },
  leaveIt: { en: 'Leave it', es: 'Dejarlo' },
  done: { en: 'Done', es: 'Hecho' },
  notDone: { en: 'Not done after all', es: 'Al final no está hecho' },
  doneWas: { en: 'Done {when}', es: 'Hecho {when}' },
  from: { en: 'from {title}', es: 'de {title}' },
  since: { en: 'since {when}', es: 'desde {when}' },
});
