import { texts } from '../../app/i18n';

/** The words of the commitments, by the names of the schema. */
export const commitments = texts('commitments', {
  LOG_OFF: { en: 'Log off', es: 'Desconectarse' },
  PAUSE_ADS: { en: 'Pause ads', es: 'Pausar anuncios' },
  FREEZE_POSTING: { en: 'Freeze posting', es: 'Dejar de publicar' },
  DECLINE_FUNDING: { en: 'Decline funding', es: 'Rechazar fondos' },
  RECRUIT: { en: 'Recruit', es: 'Reclutar' },
  ATTEND: { en: 'Attend', es: 'Asistir' },
  CONTACT_TARGET: { en: 'Contact the company', es: 'Contactar a la empresa' },
  PLEDGED: { en: 'Pledged', es: 'Prometido' },
  KEPT: { en: 'Kept', es: 'Cumplido' },
  BROKEN: { en: 'Broken', es: 'Incumplido' },
  UNKNOWN: { en: 'Unknown', es: 'No se sabe' },
  WITHDRAWN: { en: 'Withdrawn', es: 'Retirado' },
  LAPSED: { en: 'Lapsed', es: 'Interrumpido' },
});
