import { texts } from '../../app/i18n';

/** The words of the consents, by the names of the schema. */
export const consents = texts('consents', {
  NEWSLETTER: { en: 'Newsletter', es: 'Boletín' },
  ORGANIZING: { en: 'Organizing', es: 'Organización' },
  EVENTS: { en: 'Gatherings', es: 'Encuentros' },
  CAMPAIGNS: { en: 'Campaigns', es: 'Campañas' },
  EMAIL: { en: 'by e-mail', es: 'por correo' },
  SMS: { en: 'by text message', es: 'por mensaje de texto' },
  PHONE: { en: 'by telephone', es: 'por teléfono' },
  GRANTED: { en: 'Yes', es: 'Sí' },
  WITHDRAWN: { en: 'No', es: 'No' },
  said: { en: '“{wording}” ({source})', es: '«{wording}» ({source})' },
  allowed: {
    en: 'Allowed. You can take it back here at any time.',
    es: 'Permitido. Puede retirarlo aquí cuando quiera.',
  },
  withdrawn: { en: 'Taken back. It holds from now on.', es: 'Retirado. Vale desde ahora.' },
  wordingEMAIL: { en: 'Write to me about this by e-mail.', es: 'Escríbanme sobre esto por correo.' },
  wordingSMS: { en: 'Send me text messages about this.', es: 'Envíenme mensajes de texto sobre esto.' },
  wordingPHONE: { en: 'Call me about this.', es: 'Llámenme sobre esto.' },
});
