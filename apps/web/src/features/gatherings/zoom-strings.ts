import { texts } from '../../app/i18n';

/** The words of attendance out of a Zoom report. */
export const zoom = texts('zoom', {
  title: { en: 'From a Zoom report', es: 'Desde un informe de Zoom' },
  file: { en: 'Participants report (CSV)', es: 'Informe de participantes (CSV)' },
  choose: { en: 'Choose a file', es: 'Elegir un archivo' },
  threshold: { en: 'Minutes that count as having come', es: 'Minutos que cuentan como asistencia' },
  look: { en: 'See what it would record', es: 'Ver qué registraría' },
  needFile: { en: 'Choose a file', es: 'Elija un archivo' },
  needThreshold: {
    en: 'Minutes are a whole number from 0 to 1,440',
    es: 'Los minutos son un número entero de 0 a 1440',
  },
  people: {
    en: '{count, plural, one {# person} other {# people}} in the report',
    es: '{count, plural, one {# persona} other {# personas}} en el informe',
  },
  matched: {
    en: '{count, plural, one {# is a member} other {# are members}} by e-mail address: {came} came, {short} stayed too short to tell',
    es: '{count, plural, one {# es miembro} other {# son miembros}} por su correo: {came} asistieron, {short} estuvieron demasiado poco',
  },
  unmatched: { en: 'Not found by address. Who are they?', es: 'No encontradas por correo. ¿Quiénes son?' },
  minutes: { en: '{name}, {count} minutes', es: '{name}, {count} minutos' },
  leave: { en: 'Leave out', es: 'No incluir' },
  absent: {
    en: 'Mark everyone who said they would come, and is not in the report, as not come',
    es: 'Marcar como ausente a quien dijo que vendría y no está en el informe',
  },
  record: { en: 'Record it', es: 'Registrarlo' },
  another: { en: 'Another file', es: 'Otro archivo' },
  recorded: {
    en: '{count, plural, one {# mark recorded} other {# marks recorded}}.',
    es: '{count, plural, one {# marca registrada} other {# marcas registradas}}.',
  },
  undo: { en: 'Take it back', es: 'Deshacerlo' },
  undone: { en: 'Taken back.', es: 'Deshecho.' },
});
