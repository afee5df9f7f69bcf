import { texts } from '../app/i18n';

export const portal = texts('portal', {
  home: { en: 'Home', es: 'Inicio' },
  consents: { en: 'Consents', es: 'Permisos' },
  seen: { en: 'Who saw me', es: 'Quién me vio' },
  commitments: { en: 'Pledges', es: 'Promesas' },
  said: { en: 'What I said', es: 'Lo que dije' },
  certificates: { en: 'Certificates', es: 'Certificados' },
  calendars: { en: 'Calendar', es: 'Calendario' },
  profile: { en: 'Profile', es: 'Perfil' },
  data: { en: 'My data', es: 'Mis datos' },
  places: { en: 'Your pages', es: 'Sus páginas' },
  notFound: { en: 'There is no such page.', es: 'No existe esa página.' },
  scheme: { en: 'Colours', es: 'Colores' },
  light: { en: 'Light', es: 'Claros' },
  dark: { en: 'Dark', es: 'Oscuros' },
  auto: { en: 'As on this device', es: 'Como en este aparato' },
  everywhere: { en: 'Sign out everywhere', es: 'Cerrar todas las sesiones' },
});
