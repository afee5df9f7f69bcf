import type { Spoken } from '@unionhall/platform';

/** What must be there for a variable to have a value. */
export type Needs = 'nothing' | 'gathering' | 'campaign';

export interface Variable {
  readonly needs: Needs;
  /** An address of ours, which a reader may follow. */
  readonly isUrl?: boolean;
  readonly words: Spoken;
}

/** Everything that a text may name: nothing else of the union can be reached from a text. */
export const VARIABLES: Readonly<Record<string, Variable>> = {
  name: { needs: 'nothing', words: { en: 'The name to greet them by', es: 'El nombre para saludar' } },
  givenName: { needs: 'nothing', words: { en: 'Their given name', es: 'Su nombre' } },
  familyName: { needs: 'nothing', words: { en: 'Their family name', es: 'Sus apellidos' } },
  chapter: { needs: 'nothing', words: { en: 'The chapter that writes', es: 'La sección que escribe' } },
  portalUrl: {
    needs: 'nothing',
    isUrl: true,
    words: { en: 'The address of their own pages', es: 'La dirección de sus propias páginas' },
  },
  unsubscribeUrl: {
    needs: 'nothing',
    isUrl: true,
    words: { en: 'The address where they stop messages', es: 'La dirección para no recibir más mensajes' },
  },
  title: { needs: 'gathering', words: { en: 'What the gathering is called', es: 'El título del encuentro' } },
  when: {
    needs: 'gathering',
    words: { en: 'When it is, in its own zone', es: 'Cuándo es, en su propia zona' },
  },
  place: { needs: 'gathering', words: { en: 'Where it is', es: 'Dónde es' } },
  rsvpUrl: {
    needs: 'gathering',
    isUrl: true,
    words: { en: 'The address where they say if they come', es: 'La dirección para decir si vendrán' },
  },
  campaign: {
    needs: 'campaign',
    words: { en: 'What the campaign is called', es: 'El nombre de la campaña' },
  },
  pledgeUrl: {
    needs: 'campaign',
    isUrl: true,
    words: { en: 'The page where they pledge', es: 'La página donde se comprometen' },
  },
};

/** Values by name; null for one that is empty, so that a condition can ask for it. */
export type Values = Readonly<Record<string, string | null>>;
