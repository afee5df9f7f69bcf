import { texts } from '../../app/i18n';

export const door = texts('door', {
  title: { en: 'The door', es: 'La puerta' },
  choose: { en: 'Which gathering is it?', es: '¿Qué encuentro es?' },
  noGatherings: {
    en: 'Nothing is planned here from yesterday to tomorrow.',
    es: 'No hay nada previsto aquí de ayer a mañana.',
  },
  refresh: { en: 'Look again', es: 'Mirar de nuevo' },
  back: { en: 'Other gathering', es: 'Otro encuentro' },
  counter: { en: '{here} of {expected} here', es: '{here} de {expected} aquí' },
  search: { en: 'Name, or the code of a ticket', es: 'Nombre, o el código de una entrada' },
  nobody: { en: 'Nobody on the list has this name.', es: 'Nadie en la lista tiene este nombre.' },
  empty: { en: 'Nobody has said that they will come.', es: 'Nadie ha dicho que vendrá.' },
  everyone: { en: 'Look among all members', es: 'Buscar entre todos los miembros' },
  checkIn: { en: 'Check in', es: 'Registrar' },
  undo: { en: 'Undo', es: 'Deshacer' },
  here: { en: 'Here', es: 'Aquí' },
  nowHere: { en: '{name} is here.', es: '{name} está aquí.' },
  notHere: { en: '{name} is not here.', es: '{name} no está aquí.' },
  GOING: { en: 'Expected', es: 'Se espera' },
  INVITED: { en: 'Invited', es: 'Con invitación' },
  MAYBE: { en: 'Maybe', es: 'Quizás' },
  WAITLISTED: { en: 'Waiting list', es: 'Lista de espera' },
  UNANNOUNCED: { en: 'Not announced', es: 'Sin anunciar' },
  walkIn: { en: 'Somebody new', es: 'Alguien nuevo' },
  givenName: { en: 'Given name', es: 'Nombre' },
  familyName: { en: 'Family name', es: 'Apellidos' },
  nameMissing: { en: 'Enter a name', es: 'Escriba un nombre' },
  cancel: { en: 'Cancel', es: 'Cancelar' },
  scan: { en: 'Scan a ticket', es: 'Escanear una entrada' },
  scanning: {
    en: 'Hold the ticket in front of the camera.',
    es: 'Ponga la entrada delante de la cámara.',
  },
  noCamera: {
    en: 'The camera cannot be used. Type the last eight signs of the code into the search.',
    es: 'No se puede usar la cámara. Escriba los últimos ocho signos del código en la búsqueda.',
  },
  unknownTicket: {
    en: 'This ticket is not for this gathering, or it is newer than the list.',
    es: 'Esta entrada no es de este encuentro, o es más nueva que la lista.',
  },
  close: { en: 'Close the camera', es: 'Cerrar la cámara' },
  allSent: { en: 'All sent', es: 'Todo enviado' },
  waiting: {
    en: '{count, plural, one {# waits to be sent} other {# wait to be sent}}',
    es: '{count, plural, one {# espera envío} other {# esperan envío}}',
  },
  offline: {
    en: 'No connection: all is kept on this phone.',
    es: 'Sin conexión: todo se conserva en este teléfono.',
  },
  ended: {
    en: 'Your session has ended. What you marked is kept; sign in to send it.',
    es: 'Su sesión terminó. Lo que marcó se conserva; inicie sesión para enviarlo.',
  },
  refused: {
    en: '{count, plural, one {One mark was not taken:} other {# marks were not taken:}}',
    es: '{count, plural, one {Una marca no se aceptó:} other {# marcas no se aceptaron:}}',
  },
  putAside: { en: 'Put aside', es: 'Descartar' },
  stillWaiting: {
    en: 'Send what waits before you sign out: it is on this phone alone.',
    es: 'Envíe lo que espera antes de salir: está solo en este teléfono.',
  },
});
