import { texts } from '../../app/i18n';

export const imports = texts('imports', {
  title: { en: 'Import people', es: 'Importar personas' },
  file: { en: 'An Action Network report (CSV)', es: 'Un informe de Action Network (CSV)' },
  chapter: { en: 'Chapter of new people', es: 'Sección de las personas nuevas' },
  look: { en: 'See what would change', es: 'Ver qué cambiaría' },
  missingFile: { en: 'Choose a file', es: 'Elija un archivo' },
  missingChapter: { en: 'Choose a chapter', es: 'Elija una sección' },
  choose: { en: 'Choose…', es: 'Elegir…' },
  looksLike: {
    en: 'This file looks like {encoding}. Read it as that?',
    es: 'Este archivo parece {encoding}. ¿Leerlo así?',
  },
  readAs: { en: 'Read it as {encoding}', es: 'Leerlo como {encoding}' },
  NEW: { en: 'New', es: 'Nuevas' },
  UPDATED: { en: 'Updated', es: 'Actualizadas' },
  UNCHANGED: { en: 'Unchanged', es: 'Sin cambios' },
  REJECTED: { en: 'Rejected', es: 'Rechazadas' },
  line: { en: 'Line', es: 'Línea' },
  person: { en: 'Person', es: 'Persona' },
  changes: { en: 'Fills or changes', es: 'Rellena o cambia' },
  why: { en: 'Column and reason', es: 'Columna y motivo' },
  none: { en: 'No rows here.', es: 'No hay filas.' },
  commit: {
    en: 'Write {count, plural, one {# change} other {# changes}}',
    es: 'Guardar {count, plural, one {# cambio} other {# cambios}}',
  },
  consent: {
    en: 'Where these people agreed to hear about events (leave empty if they did not)',
    es: 'Dónde aceptaron recibir avisos de encuentros (vacío si no aceptaron)',
  },
  working: { en: '{done} of {all} rows', es: '{done} de {all} filas' },
  COMMITTED: {
    en: 'Written. You can take it back for 30 days.',
    es: 'Guardado. Puede deshacerlo durante 30 días.',
  },
  UNDONE: {
    en: '{kept, plural, =0 {Taken back. Everything is as it was.} one {Taken back, but for one record that changed since.} other {Taken back, but for # records that changed since.}}',
    es: '{kept, plural, =0 {Deshecho. Todo está como antes.} one {Deshecho, salvo un registro que cambió después.} other {Deshecho, salvo # registros que cambiaron después.}}',
  },
  FAILED: {
    en: 'It could not be written; nothing has changed. ({problem})',
    es: 'No se pudo guardar; nada cambió. ({problem})',
  },
  CLOSED: {
    en: 'This import is too old to be taken back.',
    es: 'Esta importación es demasiado antigua para deshacerse.',
  },
  undo: { en: 'Take it back', es: 'Deshacer' },
  another: { en: 'Import another file', es: 'Importar otro archivo' },
  nothing: { en: 'Nothing would change.', es: 'Nada cambiaría.' },
});
