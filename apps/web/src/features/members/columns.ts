import { useLocalStorage } from '@mantine/hooks';
import { members } from './strings';

/** What can stand beside a name; in this order. */
export const COLUMNS = ['chapter', 'status', 'language', 'tags', 'came', 'city', 'joined', 'since'] as const;
export type Column = (typeof COLUMNS)[number];

const WIDTHS: Readonly<Record<Column, string>> = {
  chapter: '1.3fr',
  status: '0.9fr',
  language: '0.7fr',
  tags: '2fr',
  came: '0.6fr',
  city: '1fr',
  joined: '0.9fr',
  since: '0.9fr',
};

/** The columns that this browser shows. */
export function useColumns(): [readonly Column[], (column: Column, on: boolean) => void] {
  const [kept, keep] = useLocalStorage<readonly string[]>({
    key: 'unionhall.member-columns',
    defaultValue: ['chapter', 'status', 'language', 'tags', 'came'],
    getInitialValueInEffect: false,
  });
  const shown = COLUMNS.filter((one) => kept.includes(one));
  return [shown, (column, on) => keep(COLUMNS.filter((one) => (one === column ? on : shown.includes(one))))];
}

/** The tracks of the grid: the box to tick, the name, and the columns. */
export const tracks = (columns: readonly Column[]): string =>
  ['2.5rem', 'minmax(10rem, 2fr)', ...columns.map((one) => `minmax(0, ${WIDTHS[one]})`)].join(' ');

export const columnWord = (column: Column): string => members[column];
