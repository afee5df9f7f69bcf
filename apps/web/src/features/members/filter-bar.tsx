import { Box, Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { i18n, t } from '../../app/i18n';
import { useChapters } from '../chapters/chapters';
import { columnWord, COLUMNS, useColumns } from './columns';
import { Disclosure } from './disclosure';
import { SORTS, STATUSES, useFilters, type FilterName, type Filters, type Sort } from './member-filters';
import { useTags } from './members-query';
import classes from './members.module.css';
import { languageName, LANGUAGES_SPOKEN } from './languages';
import { members } from './strings';

/** The search field, the filters and their chips, the sort and the columns. */
export function FilterBar(): ReactNode {
  const { filters, set, sort, setSort, clear } = useFilters();
  const given = (Object.keys(filters) as FilterName[]).filter((name) => name !== 'named');
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <NameField value={filters.named ?? ''} change={(value) => set('named', value)} />
        <Disclosure label={t(members.filters)}>
          <Fields filters={filters} set={set} />
        </Disclosure>
        <Box visibleFrom="sm">
          <Disclosure label={t(members.columns)}>
            <Columns />
          </Disclosure>
        </Box>
        <NativeSelect
          aria-label={t(members.sort)}
          styles={{ input: { minHeight: 44 } }}
          value={sort}
          onChange={(event) => setSort(event.currentTarget.value as Sort)}
          data={SORTS.map((value) => ({ value, label: t(members[value]) }))}
        />
      </Group>
      {given.length > 0 && (
        <Group gap="xs" role="group" aria-label={t(members.chips)}>
          {given.map((name) => (
            <Chip key={name} name={name} value={filters[name]!} remove={() => set(name, '')} />
          ))}
          <Button variant="subtle" size="compact-md" mih={32} onClick={clear}>
            {t(members.clear)}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** What is typed stands at once; it is looked for when the typing rests. */
function NameField({ value, change }: { value: string; change: (value: string) => void }): ReactNode {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  const later = useDebouncedCallback((text: string) => {
    sent.current = text.trim();
    change(text.trim());
  }, 250);
  useEffect(() => {
    if (value !== sent.current) setTyped(value);
    sent.current = value;
  }, [value]);
  return (
    <TextInput
      data-search
      type="search"
      className={classes.search!}
      label={t(members.search)}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
      styles={{ input: { minHeight: 44 } }}
    />
  );
}

type Set = (name: FilterName, value: string) => void;

function Fields({ filters, set }: { filters: Filters; set: Set }): ReactNode {
  const chapters = useChapters();
  const tags = useTags();
  const field = (name: FilterName) => ({
    label: t(members[name]),
    value: filters[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) => set(name, event.currentTarget.value),
  });
  const any = { value: '', label: t(members.any) };
  return (
    <Stack gap="sm">
      <NativeSelect
        {...field('status')}
        data={[any, ...STATUSES.map((value) => ({ value, label: t(members[value]) }))]}
      />
      <TagField value={filters.tag ?? ''} change={(value) => set('tag', value)} names={tags.data ?? []} />
      <NativeSelect
        {...field('language')}
        data={[any, ...LANGUAGES_SPOKEN.map((value) => ({ value, label: languageName(value) }))]}
      />
      <NativeSelect
        {...field('chapter')}
        data={[any, ...(chapters.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <TextInput type="date" {...field('since')} />
      <TextInput type="date" {...field('joined')} />
    </Stack>
  );
}

function TagField(props: {
  value: string;
  change: (value: string) => void;
  names: readonly string[];
}): ReactNode {
  const { value, change, names } = props;
  const [typed, setTyped] = useState(value);
  const later = useDebouncedCallback((text: string) => change(text.trim()), 250);
  return (
    <>
      <TextInput
        type="search"
        label={t(members.tag)}
        list="known-tags"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          later(event.currentTarget.value);
        }}
      />
      <datalist id="known-tags">
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

function Columns(): ReactNode {
  const [shown, show] = useColumns();
  return (
    <Stack gap="sm" role="group" aria-label={t(members.columns)}>
      {COLUMNS.map((column) => (
        <Checkbox
          key={column}
          size="md"
          label={t(columnWord(column))}
          checked={shown.includes(column)}
          onChange={(event) => show(column, event.currentTarget.checked)}
        />
      ))}
    </Stack>
  );
}

function Chip({ name, value, remove }: { name: FilterName; value: string; remove: () => void }): ReactNode {
  const chapters = useChapters();
  const said = chipWords(name, value, chapters.data ?? []);
  return (
    <Button
      variant="default"
      size="compact-md"
      mih={32}
      radius="xl"
      fw={500}
      aria-label={t(members.without, { chip: said })}
      rightSection={<span aria-hidden="true">{'×'}</span>}
      onClick={remove}
    >
      {said}
    </Button>
  );
}

/** A filter in words: `Tag: driver`. */
export function chipWords(
  name: FilterName,
  value: string,
  chapters: readonly { id: string; name: string }[],
): string {
  const word = t(members[name]);
  const said = {
    status: () => t(members[value as (typeof STATUSES)[number]]),
    language: () => languageName(value),
    chapter: () => chapters.find(({ id }) => id === value)?.name ?? value,
    since: () => i18n.date(`${value}T00:00:00`),
    joined: () => i18n.date(`${value}T00:00:00`),
  }[name as string];
  return `${word}: ${said?.() ?? value}`;
}
