/** A text for each language; `en` is the fallback. */
export type Texts = Readonly<Record<string, string>>;

/** Whom a message step is for, among those who reach it. */
export type Only = 'everyone' | 'not_declined';

export type StepConfig =
  | {
      readonly kind: 'message';
      readonly name: string;
      readonly only: Only;
      readonly until: 'start' | 'never';
      /** What a service message tells of; without it, the message invites or follows up. */
      readonly about?: 'cancellation';
      readonly subject: Texts;
      readonly body: Texts;
    }
  | {
      readonly kind: 'wait';
      readonly anchor: 'start' | 'end';
      /** By the calendar of the gathering's place. */
      readonly days?: number;
      readonly minutes: number;
    }
  | {
      readonly kind: 'branch';
      readonly on: 'attendance';
      readonly attended: number;
      readonly missed: number;
      readonly graceMinutes: number;
    }
  | { readonly kind: 'exit' };

/**
 * SQL of the instant that a wait ends: so many days by the calendar of the gathering's place, and minutes by
 * the clock, after (negative: before) its start or end. A day before 18:00 is 18:00, also across a clock change.
 * @param config SQL of the step's configuration, as jsonb. @param gathering alias of the gathering's row.
 */
export const waitEnds = (config: string, gathering: string): string => `(((
    CASE ${config}->>'anchor' WHEN 'start' THEN ${gathering}.starts_at ELSE ${gathering}.ends_at END AT TIME ZONE ${gathering}.time_zone)
    + make_interval(days => coalesce((${config}->>'days')::int, 0))) AT TIME ZONE ${gathering}.time_zone
    + make_interval(mins => (${config}->>'minutes')::int))`;

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
    name: 'invitation',
    only: 'everyone',
    until: 'start',
    subject: { en: 'Join us: {{title}}', es: 'Invitación: {{title}}' },
    body: body(
      'you are invited to {{title}}.\n\nWhen: {{when}}\nWhere: {{place}}\n\nSay whether you will come: {{rsvpUrl}}',
      'le invitamos a {{title}}.\n\nCuándo: {{when}}\nDónde: {{place}}\n\nDíganos si vendrá: {{rsvpUrl}}',
    ),
  },
  { kind: 'wait', anchor: 'start', days: -1, minutes: 0 },
  {
    kind: 'message',
    name: 'reminder',
    only: 'not_declined',
    until: 'start',
    subject: { en: 'Tomorrow: {{title}}', es: 'Mañana: {{title}}' },
    body: body(
      '{{title}} is about to begin.\n\nWhen: {{when}}\nWhere: {{place}}\n\nConfirm or cancel: {{rsvpUrl}}',
      '{{title}} está por comenzar.\n\nCuándo: {{when}}\nDónde: {{place}}\n\nConfirme o cancele: {{rsvpUrl}}',
    ),
  },
  { kind: 'wait', anchor: 'end', minutes: 60 },
  { kind: 'branch', on: 'attendance', attended: 6, missed: 8, graceMinutes: 2880 },
  {
    kind: 'message',
    name: 'thanks',
    only: 'everyone',
    until: 'never',
    subject: { en: 'Thank you for coming', es: 'Gracias por venir' },
    body: body(
      'thank you for coming to {{title}}. Your next step is with {{chapter}}.',
      'gracias por venir a {{title}}. El siguiente paso es con {{chapter}}.',
    ),
  },
  { kind: 'exit' },
  {
    kind: 'message',
    name: 'missed',
    only: 'not_declined',
    until: 'never',
    subject: { en: 'We missed you', es: 'Le echamos de menos' },
    body: body(
      'we missed you at {{title}}. {{chapter}} will tell you when the next one is.',
      'le echamos de menos en {{title}}. {{chapter}} le avisará de la próxima.',
    ),
  },
  { kind: 'exit' },
];

/** To those who said they would come, might, or wait for a place: it is off, and their calendars forget it. */
export const CANCELLATION_STEP: StepConfig = {
  kind: 'message',
  name: 'cancellation',
  only: 'everyone',
  until: 'never',
  about: 'cancellation',
  subject: { en: 'Cancelled: {{title}}', es: 'Cancelado: {{title}}' },
  body: body(
    '{{title}} has been cancelled. It would have been on {{when}}.\n\nYou need not do anything. The attached entry takes it out of your calendar.',
    '{{title}} se ha cancelado. Iba a ser el {{when}}.\n\nNo tiene que hacer nada. La entrada adjunta lo quita de su calendario.',
  ),
};
