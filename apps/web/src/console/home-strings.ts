import { texts } from '../app/i18n';

export const home = texts('home', {
  title: { en: 'Today', es: 'Hoy' },
  next: { en: 'Next gatherings', es: 'Próximos encuentros' },
  allGatherings: { en: 'All gatherings', es: 'Todos los encuentros' },
  noGatherings: { en: 'Nothing is planned yet.', es: 'Todavía no hay nada previsto.' },
  running: { en: 'Outreach under way', es: 'Difusión en curso' },
  allOutreach: { en: 'All outreach', es: 'Toda la difusión' },
  noOutreach: { en: 'No messages are going out.', es: 'No se está enviando ningún mensaje.' },
  inside: { en: '{active} of {all} people still inside', es: '{active} de {all} personas siguen dentro' },
  imports: { en: 'Imports that wait for you', es: 'Importaciones pendientes' },
  noImports: { en: 'No import waits for a decision.', es: 'Ninguna importación espera una decisión.' },
  rows: {
    en: '{count, plural, one {# person} other {# people}}',
    es: '{count, plural, one {# persona} other {# personas}}',
  },
});
