import { texts } from '../app/i18n';

export const console_ = texts('console', {
  members: { en: 'Members', es: 'Miembros' },
  gatherings: { en: 'Gatherings', es: 'Encuentros' },
  campaigns: { en: 'Campaigns', es: 'Campañas' },
  outreach: { en: 'Outreach', es: 'Difusión' },
  imports: { en: 'Import people', es: 'Importar personas' },
  partners: { en: 'Partners', es: 'Organizaciones aliadas' },
  navigation: { en: 'Main navigation', es: 'Navegación principal' },
  menu: { en: 'Menu', es: 'Menú' },
  scope: { en: 'Chapter', es: 'Sección' },
  everywhere: { en: 'All of my chapters', es: 'Todas mis secciones' },
  notFound: { en: 'There is no such page.', es: 'Esta página no existe.' },
});
