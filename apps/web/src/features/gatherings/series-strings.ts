import { texts } from '../../app/i18n';

/** Words of gatherings that repeat. */
export const series = texts('series', {
  series: { en: 'One of a series', es: 'Parte de una serie' },
  scope: { en: 'Change', es: 'Cambiar' },
  THIS: { en: 'This date alone', es: 'Solo esta fecha' },
  FOLLOWING: { en: 'This date and those after it', es: 'Esta fecha y las siguientes' },
  ALL: { en: 'All dates that are not over', es: 'Todas las fechas que no han pasado' },
  scopeCancel: { en: 'Cancel', es: 'Cancelar' },
  oneDay: {
    en: 'Many dates change their hour together, not their day. Change this date alone to move it to another day.',
    es: 'Varias fechas cambian juntas de hora, no de día. Cambie solo esta fecha para moverla a otro día.',
  },
});
