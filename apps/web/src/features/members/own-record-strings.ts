import { texts } from '../../app/i18n';

/** The words of what a member may do with their own record. */
export const ownRecord = texts('ownRecord', {
  profile: { en: 'Your profile', es: 'Su perfil' },
  givenName: { en: 'Given name', es: 'Nombre' },
  familyName: { en: 'Family name', es: 'Apellidos' },
  email: { en: 'E-mail address', es: 'Correo electrónico' },
  phone: { en: 'Telephone', es: 'Teléfono' },
  phoneHow: {
    en: 'With the country code, such as +1 555 0100. Leave it empty to have it removed.',
    es: 'Con el código del país, como +1 555 0100. Déjelo vacío para quitarlo.',
  },
  language: { en: 'Language of our messages', es: 'Idioma de nuestros mensajes' },
  timeZone: { en: 'Time zone', es: 'Zona horaria' },
  postalCode: { en: 'Postal code', es: 'Código postal' },
  chapterOf: {
    en: 'Your chapter is {chapter}. Ask its organizers to move you.',
    es: 'Su sección es {chapter}. Para cambiarla, pregunte a quienes la organizan.',
  },
  save: { en: 'Save', es: 'Guardar' },
  saved: { en: 'Saved.', es: 'Guardado.' },
  nameless: { en: 'Enter a given name or a family name', es: 'Escriba un nombre o un apellido' },
  emailNeeded: {
    en: 'Enter an e-mail address: it is how you sign in',
    es: 'Escriba un correo: con él inicia sesión',
  },
  data: { en: 'Your data', es: 'Sus datos' },
  take: { en: 'Take it along', es: 'Llévelos consigo' },
  takeWhy: {
    en: 'Everything that the union keeps about you, in one file that programs can read.',
    es: 'Todo lo que el sindicato guarda sobre usted, en un archivo que los programas entienden.',
  },
  download: { en: 'Download my data', es: 'Descargar mis datos' },
  downloaded: { en: 'The file is on its way to your downloads.', es: 'El archivo va a sus descargas.' },
  sessions: { en: 'Where you are signed in', es: 'Dónde tiene sesión' },
  sessionsWhy: {
    en: 'If a phone is lost, end every session. You sign in again with a new link.',
    es: 'Si pierde un teléfono, cierre todas las sesiones. Entrará de nuevo con otro enlace.',
  },
  everywhere: { en: 'Sign out everywhere', es: 'Cerrar todas las sesiones' },
  leave: { en: 'Leave the union', es: 'Dejar el sindicato' },
  leaveWhy: {
    en: 'Your record, your answers, attendance, commitments, consents and messages are erased, and your account with them. It cannot be undone.',
    es: 'Se borran su registro, sus respuestas, asistencia, compromisos, permisos y mensajes, y con ellos su cuenta. No se puede deshacer.',
  },
  leaveStays: {
    en: 'What stays: numbers that name nobody, such as how many pledged; and, if you asked us to stop writing, a code by which we know not to write to that address again.',
    es: 'Lo que queda: números que no nombran a nadie, como cuántas personas se comprometieron; y, si nos pidió no escribirle, un código para no volver a escribir a esa dirección.',
  },
  leaveAsk: { en: 'Leave and erase my data', es: 'Dejar el sindicato y borrar mis datos' },
  leaveSure: { en: 'I understand that this cannot be undone', es: 'Entiendo que no se puede deshacer' },
  leaveUnsure: { en: 'Tick that you understand', es: 'Marque que lo entiende' },
  leaveYes: { en: 'Erase everything now', es: 'Borrar todo ahora' },
  leaveNo: { en: 'I stay', es: 'Me quedo' },
  farewell: {
    en: 'You have left, and your data is erased',
    es: 'Ha dejado el sindicato y sus datos están borrados',
  },
  farewellWhy: {
    en: 'Thank you for having been with us. The door stays open.',
    es: 'Gracias por haber estado. La puerta sigue abierta.',
  },
});
