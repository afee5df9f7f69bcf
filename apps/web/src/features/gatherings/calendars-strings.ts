import { texts } from '../../app/i18n';

export const calendars = texts('calendars', {
  title: { en: 'In your calendar', es: 'En su calendario' },
  lead: {
    en: 'Your calendar program can follow gatherings by an address. Who has the address can read the calendar, and whoever runs your calendar program sees it: keep it to yourself, and revoke it when in doubt.',
    es: 'Su programa de calendario puede seguir los encuentros por una dirección. Quien la tenga puede leer el calendario, y quien opera su programa lo ve: guárdela para usted y revóquela ante la duda.',
  },
  MINE: { en: 'What I said I would come to', es: 'A lo que dije que iría' },
  ORGANIZER: { en: 'What I organize', es: 'Lo que organizo' },
  CHAPTER: { en: 'Of a chapter', es: 'De una sección' },
  make: { en: 'Make an address', es: 'Crear una dirección' },
  shown: {
    en: 'Copy it now: it is not shown again.',
    es: 'Cópiela ahora: no se vuelve a mostrar.',
  },
  address: { en: 'Address', es: 'Dirección' },
  none: { en: 'No calendar program follows anything yet.', es: 'Ningún programa sigue nada todavía.' },
  since: { en: 'since {when}', es: 'desde {when}' },
  revoke: { en: 'Revoke', es: 'Revocar' },
  revokeWhich: { en: 'Revoke: {what}', es: 'Revocar: {what}' },
});
