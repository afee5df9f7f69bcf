import { languageOf } from '@unionhall/platform';

interface ExampleGathering {
  readonly title: string;
  readonly starts_at: Date;
  readonly time_zone: string;
  readonly place: string;
}

const WORDS = {
  en: { title: 'Know your rights', place: 'Union hall' },
  es: { title: 'Conozca sus derechos', place: 'Local del sindicato' },
} as const;

/** A gathering to show words with, where a chapter has none ahead. */
export const examplesIn = (language: string): ExampleGathering => ({
  ...WORDS[languageOf(language) ?? 'en'],
  starts_at: new Date('2030-05-01T17:00:00Z'),
  time_zone: 'UTC',
});
