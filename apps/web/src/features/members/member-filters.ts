import { useNavigate, useSearch } from '@tanstack/react-router';
import type { MemberFilter } from './members-query';

export const STATUSES = ['PROSPECT', 'MEMBER', 'LAPSED', 'FORMER'] as const;
export type Status = (typeof STATUSES)[number];
export const SORTS = ['NAME', 'NAME_DESCENDING', 'NEWEST', 'OLDEST'] as const;
export type Sort = (typeof SORTS)[number];

/** What the list of members is sifted by; it stands in the address, in the order in which it was given. */
export interface Filters {
  readonly named?: string;
  readonly status?: Status;
  readonly tag?: string;
  readonly language?: string;
  /** Exactly this chapter, inside the one that the console looks at. */
  readonly chapter?: string;
  /** Known since this day, `YYYY-MM-DD`. */
  readonly since?: string;
  /** Joined on this day or after, `YYYY-MM-DD`. */
  readonly joined?: string;
}

export type FilterName = keyof Filters;
const NAMES: readonly FilterName[] = ['named', 'status', 'tag', 'language', 'chapter', 'since', 'joined'];
const DAY = /^\d{4}-\d\d-\d\d$/;

const isKnown = (name: string, value: unknown): value is string =>
  typeof value === 'string' &&
  value !== '' &&
  (NAMES as readonly string[]).includes(name) &&
  (name !== 'status' || (STATUSES as readonly string[]).includes(value)) &&
  ((name !== 'since' && name !== 'joined') || DAY.test(value));

const filtersOf = (search: Readonly<Record<string, unknown>>): Filters =>
  Object.fromEntries(
    Object.entries(search)
      .map(([name, value]) => [name, typeof value === 'number' ? String(value) : value] as const)
      .filter(([name, value]) => isKnown(name, value)),
  );

/** The filters and the sort of the address, and how to change them. */
export function useFilters() {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const filters = filtersOf(search);
  const sort = SORTS.find((one) => one === search['sort']) ?? 'NAME';
  const go = (next: Filters, by: Sort): void =>
    void navigate({
      to: '/members',
      search: { ...next, ...(by === 'NAME' ? {} : { sort: by }) } as never,
      replace: true,
      resetScroll: false,
    });
  return {
    filters,
    sort,
    setSort: (by: Sort) => go(filters, by),
    clear: () => go({}, sort),
    /** An empty value takes the filter away; a new one stands last. */
    set: (name: FilterName, value: string) => {
      const { [name]: before, ...others } = filters;
      if (value === '') go(others, sort);
      else go(before === undefined ? { ...others, [name]: value } : { ...filters, [name]: value }, sort);
    },
  };
}

/** The filter that the API takes, with the chapter that the console looks at. */
export const memberFilter = (scope: string, filters: Filters): MemberFilter => ({
  ...(scope === '' ? {} : { within: scope }),
  ...(filters.named === undefined ? {} : { named: filters.named }),
  ...(filters.status === undefined ? {} : { status: { eq: filters.status } }),
  ...(filters.tag === undefined ? {} : { tag: filters.tag }),
  ...(filters.language === undefined ? {} : { language: { eq: filters.language } }),
  ...(filters.chapter === undefined ? {} : { chapter: filters.chapter }),
  ...(filters.since === undefined
    ? {}
    : { createdAt: { gte: new Date(`${filters.since}T00:00:00`).toISOString() } }),
  ...(filters.joined === undefined ? {} : { joinedOn: { gte: filters.joined } }),
});
