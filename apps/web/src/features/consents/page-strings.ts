import { texts } from '../../app/i18n';

/** The words of everything a member allows. */
export const allowing = texts('allowing', {
  stop: { en: 'Stop everything', es: 'No recibir nada más' },
  stopAsk: {
    en: 'We will write to you no more, about anything. Messages that you ask for yourself, such as a sign-in link, still come.',
    es: 'No le escribiremos más, sobre nada. Los mensajes que usted pida, como un enlace para entrar, sí llegan.',
  },
  stopYes: { en: 'Yes, stop everything', es: 'Sí, no recibir nada más' },
  stopNo: { en: 'Keep it as it is', es: 'Dejarlo como está' },
  stopped: {
    en: 'Stopped on {when}. Nothing that has not left by now will leave.',
    es: 'Detenido el {when}. Nada que no haya salido ya saldrá.',
  },
  partners: { en: 'Who of the coalition may see you', es: 'Quién de la coalición puede verle' },
  partnersWhy: {
    en: 'Nobody, until you say so. What you take back is hidden from their next look on.',
    es: 'Nadie, hasta que usted lo diga. Lo que retire queda oculto desde su próxima consulta.',
  },
  noPartners: {
    en: 'There is no partner to share with.',
    es: 'No hay ninguna organización con quien compartir.',
  },
  shareAll: { en: 'Stop sharing with {partner}', es: 'Dejar de compartir con {partner}' },
  mayUse: { en: 'For {purpose}', es: 'Para {purpose}' },
  partnership: { en: 'working together', es: 'trabajar en común' },
  campaigning: { en: 'campaigns', es: 'campañas' },
  research: { en: 'research', es: 'investigación' },
  name: { en: 'your name', es: 'su nombre' },
  contact: { en: 'how to reach you', es: 'cómo contactarle' },
  chapter: { en: 'your chapter', es: 'su sección' },
  commitments: { en: 'your commitments', es: 'sus compromisos' },
  share: {
    en: '{partner} may see {group} for {purpose}.',
    es: '{partner} puede ver {group} para {purpose}.',
  },
  title: { en: 'What you allow', es: 'Lo que permite' },
  EMAIL: { en: 'By e-mail', es: 'Por correo' },
  SMS: { en: 'By text message', es: 'Por mensaje de texto' },
  PHONE: { en: 'By telephone', es: 'Por teléfono' },
});
