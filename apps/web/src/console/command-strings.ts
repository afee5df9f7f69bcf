import { texts } from '../app/i18n';

export const command = texts('command', {
  title: { en: 'Search and go', es: 'Buscar e ir' },
  prompt: { en: 'A name, a place or what to do', es: 'Un nombre, un lugar o qué hacer' },
  people: { en: 'People', es: 'Personas' },
  places: { en: 'Go to', es: 'Ir a' },
  begin: { en: 'Create', es: 'Crear' },
  gatherings: { en: 'Gatherings ahead', es: 'Próximos encuentros' },
  campaigns: { en: 'Campaigns', es: 'Campañas' },
  chapters: { en: 'Work in a chapter', es: 'Trabajar en una sección' },
  nothing: { en: 'Nothing is called that.', es: 'Nada se llama así.' },
  found: {
    en: '{count, plural, =0 {Nothing found} one {# found} other {# found}}',
    es: '{count, plural, =0 {Sin resultados} one {# resultado} other {# resultados}}',
  },
});
