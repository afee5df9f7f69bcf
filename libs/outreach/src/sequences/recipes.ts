import type { ConsentPurpose } from '@unionhall/consent';
import type { Spoken } from '@unionhall/platform';
import type { MessageStep, Reentry, StepConfig, Trigger } from './step';

/** A sequence that is ready to be drafted for a chapter. */
export interface Recipe {
  readonly key: string;
  readonly title: Spoken;
  readonly about: Spoken;
  readonly purpose: ConsentPurpose;
  readonly trigger: Trigger;
  readonly reentry: Reentry;
  readonly goal: null;
  readonly steps: readonly StepConfig[];
}

const message = (key: string, name: string, subject: Spoken, en: string, es: string): MessageStep => ({
  kind: 'message',
  key,
  name,
  until: 'never',
  subject: { ...subject },
  body: { en: `Hello {{name}},\n\n${en}`, es: `Hola, {{name}}:\n\n${es}` },
});
const END: StepConfig = { kind: 'exit', key: 'end' };

export const RECIPES: readonly Recipe[] = [
  {
    key: 'thanks',
    title: { en: 'Thank you, and the next step', es: 'Gracias, y el siguiente paso' },
    about: {
      en: 'Thanks whoever came, and offers them the next training.',
      es: 'Agradece a quien vino y le ofrece la próxima formación.',
    },
    purpose: 'events',
    trigger: { on: 'attendance', states: ['attended'] },
    reentry: 'each_gathering',
    goal: null,
    steps: [
      { kind: 'action', key: 'next', do: 'offer_training', otherwise: 'thanks-alone' },
      message(
        'thanks',
        'thanks',
        { en: 'Thank you for coming. Next: {{title}}', es: 'Gracias por venir. Lo siguiente: {{title}}' },
        'thank you for coming. Your next step with {{chapter}} is {{title}}.\n\nWhen: {{when}}\nWhere: {{place}}\n\nSay whether you will come: {{rsvpUrl}}',
        'gracias por venir. Su siguiente paso con {{chapter}} es {{title}}.\n\nCuándo: {{when}}\nDónde: {{place}}\n\nDíganos si vendrá: {{rsvpUrl}}',
      ),
      END,
      message(
        'thanks-alone',
        'thanks',
        { en: 'Thank you for coming', es: 'Gracias por venir' },
        'thank you for coming. {{chapter}} will tell you when the next training is.',
        'gracias por venir. {{chapter}} le avisará de la próxima formación.',
      ),
    ],
  },
  {
    key: 'missed',
    title: { en: 'We missed you', es: 'Le echamos de menos' },
    about: {
      en: 'Offers another date to whoever said they would come and did not.',
      es: 'Ofrece otra fecha a quien dijo que vendría y no vino.',
    },
    purpose: 'events',
    trigger: { on: 'attendance', states: ['no_show'] },
    reentry: 'each_gathering',
    goal: null,
    steps: [
      { kind: 'action', key: 'another', do: 'offer_training', otherwise: 'missed-alone' },
      message(
        'missed',
        'missed',
        { en: 'We missed you. Next date: {{title}}', es: 'Le echamos de menos. Otra fecha: {{title}}' },
        'we missed you. {{title}} is your next chance.\n\nWhen: {{when}}\nWhere: {{place}}\n\nSay whether you will come: {{rsvpUrl}}',
        'le echamos de menos. {{title}} es su próxima oportunidad.\n\nCuándo: {{when}}\nDónde: {{place}}\n\nDíganos si vendrá: {{rsvpUrl}}',
      ),
      END,
      message(
        'missed-alone',
        'missed',
        { en: 'We missed you', es: 'Le echamos de menos' },
        'we missed you at {{title}}. {{chapter}} will tell you when the next training is.',
        'le echamos de menos en {{title}}. {{chapter}} le avisará de la próxima formación.',
      ),
    ],
  },
  {
    key: 'welcome',
    title: { en: 'Welcome', es: 'Bienvenida' },
    about: {
      en: 'Greets whoever joins, and three days later offers them a training.',
      es: 'Saluda a quien se afilia y tres días después le ofrece una formación.',
    },
    purpose: 'organizing',
    trigger: { on: 'joined' },
    reentry: 'once',
    goal: null,
    steps: [
      message(
        'welcome',
        'welcome',
        { en: 'Welcome to {{chapter}}', es: 'Le damos la bienvenida a {{chapter}}' },
        'welcome to {{chapter}}. We will soon write to you about a first training.',
        'le damos la bienvenida a {{chapter}}. Pronto le escribiremos sobre una primera formación.',
      ),
      { kind: 'wait', key: 'three-days', for: { minutes: 4_320 } },
      { kind: 'action', key: 'first', do: 'offer_training', otherwise: 'call' },
      message(
        'training',
        'invitation',
        { en: 'Your first training: {{title}}', es: 'Su primera formación: {{title}}' },
        'you are invited to {{title}}.\n\nWhen: {{when}}\nWhere: {{place}}\n\nSay whether you will come: {{rsvpUrl}}',
        'le invitamos a {{title}}.\n\nCuándo: {{when}}\nDónde: {{place}}\n\nDíganos si vendrá: {{rsvpUrl}}',
      ),
      END,
      { kind: 'action', key: 'call', do: 'task', title: 'Call a new member: no training is near them' },
    ],
  },
  {
    key: 'pledge-due',
    title: { en: 'A pledge ends', es: 'Termina un compromiso' },
    about: {
      en: 'Writes to whoever has pledged, the day before it ends.',
      es: 'Escribe a quien se comprometió, el día antes de que termine.',
    },
    purpose: 'campaigns',
    trigger: { on: 'commitment_due', daysBefore: 1 },
    reentry: 'again',
    goal: null,
    steps: [
      message(
        'due',
        'due',
        { en: 'Tomorrow your pledge ends: {{campaign}}', es: 'Mañana termina su compromiso: {{campaign}}' },
        'your pledge in {{campaign}} ends tomorrow. Thank you for standing with us.\n\nHow it goes, and who else has pledged: {{pledgeUrl}}',
        'su compromiso en {{campaign}} termina mañana. Gracias por estar con nosotros.\n\nCómo va y quién más se ha comprometido: {{pledgeUrl}}',
      ),
    ],
  },
];
