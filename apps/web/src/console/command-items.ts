import { useDebouncedValue } from '@mantine/hooks';
import { moment, t } from '../app/i18n';
import { useChapters } from '../features/chapters/chapters';
import { useMay } from '../features/identity/permissions';
import { nameOf } from '../features/members/name';
import { useFoundMembers, useThings } from './command-query';
import { command } from './command-strings';
import type { IconName } from './icons';
import { BEGINNINGS, DAILY, SETUP } from './places';
import { useScope } from './scope';

/** One line of the command bar: a way to somewhere, or something that it does. */
export interface CommandItem {
  readonly id: string;
  readonly group: string;
  readonly icon: IconName;
  readonly label: string;
  readonly about?: string;
  readonly to?: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly does?: () => void;
}

const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Whether each word that was typed begins a word of the text. */
const says = (text: string, typed: string): boolean => {
  const words = plain(text).split(/[\s,.-]+/);
  return plain(typed)
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
};

/** What the command bar offers for what was typed; without anything typed, where to go and what to begin. */
export function useCommandItems(query: string): { items: CommandItem[]; error: unknown; waiting: boolean } {
  const typed = query.trim();
  const [settled] = useDebouncedValue(typed, 250);
  const { may } = useMay();
  const [, setScope] = useScope();
  const people = useFoundMembers(settled, may('members.read'));
  const things = useThings();
  const chapters = useChapters();
  const open = ({ needs }: (typeof DAILY)[number]): boolean => needs === undefined || may(needs);
  const goes = [...DAILY, ...SETUP].filter(open).map(({ to, word, icon }) => ({
    id: `go${to}`, group: t(command.places), icon, label: t(word), to,
  })); // prettier-ignore
  const begins = BEGINNINGS.filter(open).map(({ to, word, icon, search }) => ({
    id: `begin-${word}`, group: t(command.begin), icon, label: t(word), to, ...(search && { search }),
  })); // prettier-ignore
  const found = (typed === '' ? [] : (people.data ?? [])).map((one) => ({
    id: one.id,
    group: t(command.people),
    icon: 'person' as const,
    label: nameOf(one),
    about: one.chapter.name,
    to: `/members/${one.id}`,
  }));
  const ahead = (things.data?.gatherings.nodes ?? []).map((one) => ({
    id: one.id,
    group: t(command.gatherings),
    icon: 'gatherings' as const,
    label: one.title,
    about: moment(one.startsAt, one.timeZone),
    to: `/gatherings/${one.id}`,
  }));
  const campaigns = (things.data?.campaigns.nodes ?? []).map((one) => ({
    id: one.id,
    group: t(command.campaigns),
    icon: 'campaigns' as const,
    label: one.title,
    about: one.target,
    to: `/campaigns/${one.slug}`,
  }));
  const scopes = (chapters.data ?? []).map((one) => ({
    id: one.id,
    group: t(command.chapters),
    icon: 'scope' as const,
    label: one.name,
    does: () => setScope(one.id),
  }));
  const sift = (items: readonly CommandItem[]): CommandItem[] =>
    items.filter(({ label, about = '' }) => says(`${label} ${about}`, typed)).slice(0, 6);
  const items =
    typed === ''
      ? [...goes, ...begins]
      : [...found, ...[goes, begins, ahead, campaigns, scopes].flatMap(sift)];
  return { items, error: people.error ?? things.error, waiting: people.isFetching || settled !== typed };
}
