import { texts } from '../../app/i18n';

/** The words of what a member is asked to lead. */
export const leading = texts('leading', {
  title: { en: 'Will you lead?', es: '¿Va a dirigir?' },
  yes: { en: 'I will', es: 'Sí, lo haré' },
  no: { en: 'I cannot lead', es: 'No puedo dirigir' },
  LEAD: { en: 'As its lead', es: 'Dirigiéndolo' },
  CO_LEAD: { en: 'As co-lead', es: 'Codirigiéndolo' },
  TRAINER: { en: 'As trainer', es: 'Como formación' },
  INTERPRETER: { en: 'As interpreter', es: 'Como intérprete' },
  NOTE_TAKER: { en: 'Taking notes', es: 'Tomando notas' },
  WELCOME: { en: 'Welcoming people', es: 'Dando la bienvenida' },
  TECHNICIAN: { en: 'As technician', es: 'Con la técnica' },
  ASKED: { en: 'you have not answered', es: 'no ha respondido' },
  CONFIRMED: { en: 'you said that you will', es: 'dijo que sí' },
  DECLINED: { en: 'you said that you cannot', es: 'dijo que no puede' },
});
