import type { Condition, Texts } from './condition';
import type { MessageStep, StepConfig } from './step';

const NOT_DECLINED: Condition = { not: { rsvp: ['declined', 'cancelled'] } };

const HELLO: Texts = { en: 'Hello {{name}},', es: 'Hola, {{name}}:' };
const body = (en: string, es: string): Texts => ({
  en: `${HELLO['en']}\n\n${en}`,
  es: `${HELLO['es']}\n\n${es}`,
});

/**
 * The sequence around a training: invitation, wait, reminder a day before for everyone who has not
 * declined, and after it a follow-up that differs for those who came and those who did not. Whose
 * attendance nobody has taken is waited for two days, and then written to no more: only a person, or a
 * rule that the union chose, makes a no-show.
 */
export const TRAINING_STEPS: readonly StepConfig[] = [
  {
    kind: 'message',
    key: 'invitation',
    name: 'invitation',
    until: 'start',
    subject: { en: 'Join us: {{title}}', es: 'Invitación: {{title}}' },
    body: body(
      'you are invited to {{title}}.\n\nWhen: {{when}}\nWhere: {{place}}\n\nSay whether you will come: {{rsvpUrl}}',
      'le invitamos a {{title}}.\n\nCuándo: {{when}}\nDónde: {{place}}\n\nDíganos si vendrá: {{rsvpUrl}}',
    ),
  },
  { kind: 'wait', key: 'day-before', anchor: 'start', days: -1, minutes: 0 },
  {
    kind: 'message',
    key: 'reminder',
    name: 'reminder',
    only: NOT_DECLINED,
    until: 'start',
    subject: { en: 'Tomorrow: {{title}}', es: 'Mañana: {{title}}' },
    body: body(
      '{{title}} is about to begin.\n\nWhen: {{when}}\nWhere: {{place}}\n\nConfirm or cancel: {{rsvpUrl}}',
      '{{title}} está por comenzar.\n\nCuándo: {{when}}\nDónde: {{place}}\n\nConfirme o cancele: {{rsvpUrl}}',
    ),
  },
  { kind: 'wait', key: 'hour-after', anchor: 'end', minutes: 60 },
  {
    kind: 'branch',
    key: 'who-came',
    cases: [
      { when: { attendance: ['attended'] }, to: 'thanks' },
      { when: { attendance: ['no_show'] }, to: 'missed' },
    ],
    patience: { anchor: 'end', minutes: 2880 },
  },
  {
    kind: 'message',
    key: 'thanks',
    name: 'thanks',
    until: 'never',
    subject: { en: 'Thank you for coming', es: 'Gracias por venir' },
    body: body(
      'thank you for coming to {{title}}. Your next step is with {{chapter}}.',
      'gracias por venir a {{title}}. El siguiente paso es con {{chapter}}.',
    ),
  },
  { kind: 'exit', key: 'came' },
  {
    kind: 'message',
    key: 'missed',
    name: 'missed',
    only: NOT_DECLINED,
    until: 'never',
    subject: { en: 'We missed you', es: 'Le echamos de menos' },
    body: body(
      'we missed you at {{title}}. {{chapter}} will tell you when the next one is.',
      'le echamos de menos en {{title}}. {{chapter}} le avisará de la próxima.',
    ),
  },
  { kind: 'exit', key: 'did-not-come' },
];

/** To those who said they would come, might, or wait for a place: it is off, and their calendars forget it. */
export const CANCELLATION_STEP: MessageStep = {
  kind: 'message',
  key: 'cancellation',
  name: 'cancellation',
  until: 'never',
  about: 'cancellation',
  subject: { en: 'Cancelled: {{title}}', es: 'Cancelado: {{title}}' },
  body: body(
    '{{title}} has been cancelled. It would have been on {{when}}.\n\nYou need not do anything. The attached entry takes it out of your calendar.',
    '{{title}} se ha cancelado. Iba a ser el {{when}}.\n\nNo tiene que hacer nada. La entrada adjunta lo quita de su calendario.',
  ),
};

/** To the same people: it is at another time or place, and their calendars follow. */
export const CHANGE_STEP: MessageStep = {
  kind: 'message',
  key: 'change',
  name: 'change',
  until: 'start',
  about: 'change',
  subject: { en: 'Changed: {{title}}', es: 'Cambio: {{title}}' },
  body: body(
    '{{title}} has another time or place. It is now:\n\nWhen: {{when}}\nWhere: {{place}}\n\nThe attached entry changes it in your calendar. If you can no longer come, say so here: {{rsvpUrl}}',
    '{{title}} cambia de hora o de lugar. Ahora es:\n\nCuándo: {{when}}\nDónde: {{place}}\n\nLa entrada adjunta lo cambia en su calendario. Si ya no puede venir, díganoslo aquí: {{rsvpUrl}}',
  ),
};

/** To somebody who waited, or asked to be let in. */
export const PLACE_STEP: MessageStep = {
  kind: 'message',
  key: 'place',
  name: 'place',
  until: 'start',
  about: 'place',
  subject: { en: 'You have a place: {{title}}', es: 'Tiene un lugar: {{title}}' },
  body: body(
    'you have a place at {{title}}.\n\nWhen: {{when}}\nWhere: {{place}}\n\nIf you can no longer come, give it to whoever is next: {{rsvpUrl}}',
    'tiene un lugar en {{title}}.\n\nCuándo: {{when}}\nDónde: {{place}}\n\nSi ya no puede venir, déjelo a quien sigue: {{rsvpUrl}}',
  ),
};

/** To whoever is next on the list: a place is held for them, and not for ever. */
export const OFFER_STEP: MessageStep = {
  kind: 'message',
  key: 'offer',
  name: 'offer',
  until: 'start',
  about: 'offer',
  subject: { en: 'A place is free: {{title}}', es: 'Hay un lugar libre: {{title}}' },
  body: body(
    'a place at {{title}} is free, and it is held for you for a while. Until when, and how to take it or leave it, is here: {{rsvpUrl}}\n\nWhen: {{when}}\nWhere: {{place}}',
    'hay un lugar libre en {{title}}, y se le guarda por un tiempo. Aquí dice hasta cuándo, y cómo tomarlo o dejarlo: {{rsvpUrl}}\n\nCuándo: {{when}}\nDónde: {{place}}',
  ),
};

/** To whoever has completed a course. */
export const CERTIFICATE_STEP: MessageStep = {
  kind: 'message',
  key: 'certificate',
  name: 'certificate',
  until: 'never',
  about: 'certificate',
  subject: { en: 'You have completed a course', es: 'Ha completado un curso' },
  body: body(
    'with {{title}} you have completed a course. Your certificate is on your own pages, where you also choose how it names you to others: {{portalUrl}}/certificates',
    'con {{title}} ha completado un curso. Su certificado está en sus propias páginas, donde también elige cómo le nombra ante los demás: {{portalUrl}}/certificates',
  ),
};
