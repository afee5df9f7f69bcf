import { texts } from '../../app/i18n';

export const turnout = texts('turnout', {
  title: { en: 'Turnout', es: 'Asistencia' },
  by: { en: 'By', es: 'Por' },
  MONTH: { en: 'Month', es: 'Mes' },
  CHAPTER: { en: 'Chapter', es: 'Sección' },
  KIND: { en: 'Kind', es: 'Tipo' },
  from: { en: 'From', es: 'Desde' },
  until: { en: 'Until', es: 'Hasta' },
  needTime: { en: 'The end comes after the beginning', es: 'El final va después del inicio' },
  none: { en: 'No gathering was over in this time.', es: 'Ningún encuentro terminó en este tiempo.' },
  caption: {
    en: 'Bars: who came, and who said they would and did not. “No-show” is the share of those known to have stayed away.',
    es: 'Barras: quién vino, y quién dijo que vendría y no vino. «Ausencia» es la parte de quienes se sabe que faltaron.',
  },
  gatherings: { en: 'Gatherings', es: 'Encuentros' },
  invited: { en: 'Invited', es: 'Invitadas' },
  going: { en: 'Going', es: 'Asistirán' },
  attended: { en: 'Came', es: 'Vinieron' },
  absent: { en: 'Stayed away', es: 'Faltaron' },
  unknown: { en: 'Not known', es: 'No se sabe' },
  rate: { en: 'No-show', es: 'Ausencia' },
});
