import { texts } from '../../app/i18n';

/** The words of sequences: what is sent to whom, and what became of it. */
export const outreach = texts('outreach', {
  title: { en: 'Outreach', es: 'Difusión' },
  none: {
    en: 'Nothing has been sent from here yet. Outreach starts from a training.',
    es: 'Desde aquí aún no se ha enviado nada. La difusión empieza desde una formación.',
  },
  toAgenda: { en: 'Choose a training', es: 'Elegir una formación' },
  notFound: {
    en: 'There is no such outreach, or it is not in your chapters.',
    es: 'No existe esta difusión, o no está en sus secciones.',
  },
  start: { en: 'Start outreach', es: 'Iniciar la difusión' },
  noneHere: {
    en: 'Nobody has been written to about this gathering yet.',
    es: 'Aún no se ha escrito a nadie sobre este encuentro.',
  },
  ACTIVE: { en: 'Running', es: 'En marcha' },
  HELD: { en: 'On hold', es: 'En pausa' },
  ENDED: { en: 'Ended', es: 'Terminada' },
  service: { en: 'Notice of cancellation', es: 'Aviso de cancelación' },
  enrolled: {
    en: '{count, plural, one {# person} other {# people}}',
    es: '{count, plural, one {# persona} other {# personas}}',
  },
  inside: {
    en: '{count, plural, one {# still inside} other {# still inside}}',
    es: '{count, plural, one {# aún dentro} other {# aún dentro}}',
  },
  startedAt: { en: 'Started {when}', es: 'Iniciada el {when}' },
  about: { en: 'About {title}', es: 'Sobre {title}' },
  // the steps
  invitation: { en: 'Invitation', es: 'Invitación' },
  reminder: { en: 'Reminder', es: 'Recordatorio' },
  thanks: { en: 'Thanks to those who came', es: 'Gracias a quienes asistieron' },
  missed: { en: 'To those who did not come', es: 'A quienes no asistieron' },
  cancellation: { en: 'Notice of cancellation', es: 'Aviso de cancelación' },
  waitStart: {
    en: '{days, plural, =0 {Waits for the start} one {Waits until a day before the start} other {Waits until # days before the start}}',
    es: '{days, plural, =0 {Espera al inicio} one {Espera hasta un día antes del inicio} other {Espera hasta # días antes del inicio}}',
  },
  waitEnd: {
    en: 'Waits until {minutes, plural, one {# minute} other {# minutes}} after the end',
    es: 'Espera hasta {minutes, plural, one {# minuto} other {# minutos}} después del final',
  },
  branch: { en: 'Looks at who came', es: 'Mira quién asistió' },
  next: { en: 'next at {when}', es: 'lo próximo el {when}' },
  waiting: {
    en: '{count, plural, one {# person waits} other {# people wait}} for this',
    es: '{count, plural, one {# persona espera} other {# personas esperan}} esto',
  },
  // states of deliveries
  PENDING: { en: 'Due', es: 'Pendientes' },
  ACCEPTED: { en: 'Sent', es: 'Enviados' },
  REJECTED: { en: 'Refused by the mail server', es: 'Rechazados por el servidor de correo' },
  SUPPRESSED: { en: 'Not sent', es: 'No enviados' },
  UNCERTAIN: { en: 'Not known', es: 'No se sabe' },
  uncertainMeans: {
    en: 'The connection broke while the message was handed over. It is not sent again, so that nobody gets it twice.',
    es: 'La conexión se cortó mientras se entregaba el mensaje. No se envía otra vez, para que nadie lo reciba dos veces.',
  },
  // reasons
  no_member: { en: 'no longer a record', es: 'ya no hay registro' },
  no_address: { en: 'no e-mail address', es: 'sin correo' },
  no_consent: {
    en: 'did not allow messages about gatherings',
    es: 'no permitió mensajes sobre encuentros',
  },
  opted_out: { en: 'opted out of everything', es: 'pidió no recibir nada' },
  same_address: {
    en: 'another member with the same address got it',
    es: 'lo recibió otro miembro con el mismo correo',
  },
  sequence_ended: { en: 'the outreach was ended', es: 'se terminó la difusión' },
  gathering_cancelled: { en: 'the gathering was cancelled', es: 'el encuentro se canceló' },
  gathering_begun: { en: 'the gathering had begun', es: 'el encuentro ya había empezado' },
  gathering_over: { en: 'the gathering was over', es: 'el encuentro ya había terminado' },
  cannot_be_written: { en: 'the message could not be written', es: 'no se pudo escribir el mensaje' },
  refused_by_server: { en: 'the mail server refused it', es: 'el servidor de correo lo rechazó' },
  connection_lost: { en: 'the connection broke', es: 'se cortó la conexión' },
  interrupted: { en: 'sending was interrupted', es: 'el envío se interrumpió' },
  otherReason: { en: 'another reason', es: 'otro motivo' },
  because: { en: '{count}: {reason}', es: '{count}: {reason}' },
  // the summary
  summary: {
    en: '{sent} sent, {due} due, {not} not sent, {uncertain} not known. {waiting, plural, one {# person waits} other {# people wait}}.',
    es: '{sent} enviados, {due} pendientes, {not} no enviados, {uncertain} sin saber. {waiting, plural, one {# persona espera} other {# personas esperan}}.',
  },
  progress: { en: 'Progress', es: 'Avance' },
  steps: { en: 'Steps', es: 'Pasos' },
  deliveries: { en: 'Messages', es: 'Mensajes' },
  step: { en: 'Step', es: 'Paso' },
  state: { en: 'State', es: 'Estado' },
  noDeliveries: { en: 'No messages here.', es: 'No hay mensajes aquí.' },
  decided: { en: 'on {when}', es: 'el {when}' },
  nobody: { en: 'A person who left', es: 'Una persona que se fue' },
  // changes
  hold: { en: 'Hold', es: 'Pausar' },
  resume: { en: 'Resume', es: 'Reanudar' },
  end: { en: 'End', es: 'Terminar' },
  holdTitle: { en: 'Hold this outreach?', es: '¿Pausar esta difusión?' },
  resumeTitle: { en: 'Resume this outreach?', es: '¿Reanudar esta difusión?' },
  endTitle: { en: 'End this outreach?', es: '¿Terminar esta difusión?' },
  holdWho: {
    en: '{count, plural, =0 {Nobody is inside any more.} one {# person stays where they are; they get nothing until you resume.} other {# people stay where they are; they get nothing until you resume.}}',
    es: '{count, plural, =0 {Ya no queda nadie dentro.} one {# persona se queda donde está; no recibe nada hasta que reanude.} other {# personas se quedan donde están; no reciben nada hasta que reanude.}}',
  },
  holdDue: {
    en: '{count, plural, =0 {No message is due now.} one {# message that is due waits too.} other {# messages that are due wait too.}} A message being handed over this moment still goes out.',
    es: '{count, plural, =0 {Ningún mensaje está pendiente ahora.} one {# mensaje pendiente también espera.} other {# mensajes pendientes también esperan.}} Un mensaje que se está entregando en este momento sí sale.',
  },
  resumeWho: {
    en: '{count, plural, =0 {Nobody is inside any more.} one {# person goes on from where they are.} other {# people go on from where they are.}}',
    es: '{count, plural, =0 {Ya no queda nadie dentro.} one {# persona sigue desde donde está.} other {# personas siguen desde donde están.}}',
  },
  resumeDue: {
    en: '{count, plural, =0 {No message is due now.} one {# message that is due goes out at once.} other {# messages that are due go out at once.}} An invitation or reminder whose gathering has begun is not sent.',
    es: '{count, plural, =0 {Ningún mensaje está pendiente ahora.} one {# mensaje pendiente sale enseguida.} other {# mensajes pendientes salen enseguida.}} Una invitación o un recordatorio de un encuentro que ya empezó no se envía.',
  },
  endWho: {
    en: '{count, plural, =0 {Nobody is inside any more.} one {# person leaves it and gets nothing more from it.} other {# people leave it and get nothing more from it.}}',
    es: '{count, plural, =0 {Ya no queda nadie dentro.} one {# persona sale y no recibe nada más de ella.} other {# personas salen y no reciben nada más de ella.}}',
  },
  endDue: {
    en: '{count, plural, =0 {No message is due now.} one {# message that is due is not sent.} other {# messages that are due are not sent.}} What was sent stays sent.',
    es: '{count, plural, =0 {Ningún mensaje está pendiente ahora.} one {# mensaje pendiente no se envía.} other {# mensajes pendientes no se envían.}} Lo enviado queda enviado.',
  },
  endForGood: { en: 'It cannot be started again.', es: 'No se puede iniciar de nuevo.' },
  leaveIt: { en: 'Leave it as it is', es: 'Dejarla como está' },
  close: { en: 'Close', es: 'Cerrar' },
});
