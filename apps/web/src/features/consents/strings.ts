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
});
