import { texts } from '../../app/i18n';

/** The words of a member's own testimony. */
export const said = texts('said', {
  title: { en: 'What you said', es: 'Lo que usted dijo' },
  about: {
    en: 'What you said in listening sessions, and what the union may do with it. You can change it at any time.',
    es: 'Lo que dijo en sesiones de escucha, y lo que el sindicato puede hacer con ello. Puede cambiarlo en cualquier momento.',
  },
  none: { en: 'Nothing of yours has been written down.', es: 'No se ha anotado nada suyo.' },
  saidOn: { en: 'Said on {when}', es: 'Dicho el {when}' },
  withdrawn: {
    en: 'Taken back on {when}. Its words are deleted.',
    es: 'Retirado el {when}. Sus palabras se borraron.',
  },
  themes: { en: 'About: {list}', es: 'Sobre: {list}' },
  save: { en: 'Save what I allow', es: 'Guardar lo que permito' },
  saved: { en: 'Saved. It holds from now on.', es: 'Guardado. Vale desde ahora.' },
  withdraw: { en: 'Take it back', es: 'Retirarlo' },
  sure: {
    en: 'Its words are deleted, and it leaves every count and every quote. This cannot be taken back.',
    es: 'Sus palabras se borran, y sale de cada cuenta y de cada cita. Esto no se puede deshacer.',
  },
  really: { en: 'Yes, delete my words', es: 'Sí, borrar mis palabras' },
  keep: { en: 'Keep it', es: 'Conservarlo' },
  gone: { en: 'Taken back.', es: 'Retirado.' },
  wantsName: { en: 'Write the name you chose', es: 'Escriba el nombre que eligió' },
});
