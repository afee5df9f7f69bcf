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
  waiting: { en: 'People who wait for you', es: 'Personas que esperan' },
  inbox: { en: 'Open the inbox', es: 'Abrir la bandeja' },
  nobodyWaits: { en: 'Nobody waits for an answer.', es: 'Nadie espera respuesta.' },
  wrote: { en: 'wrote back', es: 'respondió' },
  asksToStop: { en: 'asks to stop', es: 'pide parar' },
  toDo: { en: 'to do', es: 'por hacer' },
  imports: { en: 'Imports that wait for you', es: 'Importaciones pendientes' },
  noImports: { en: 'No import waits for a decision.', es: 'Ninguna importación espera una decisión.' },
  rows: {
    en: '{count, plural, one {# person} other {# people}}',
    es: '{count, plural, one {# persona} other {# personas}}',
  },
});
