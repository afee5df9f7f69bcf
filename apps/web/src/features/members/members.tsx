import { Anchor, Badge, Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { number, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { useScope } from '../../console/scope';
import { useMembers, type MemberFilter, type MemberLine } from './members-query';
import classes from './members.module.css';
import { members } from './strings';

const STATUSES = ['PROSPECT', 'MEMBER', 'LAPSED', 'FORMER'] as const;
const NO_FILTERS = { nameStarts: '', tag: '', status: '' };

/** Finds members among tens of thousands: filters on top, a line each below, loaded as one goes. */
export function Members(): ReactNode {
  const [scope] = useScope();
  const [filters, setFilters] = useState(NO_FILTERS);
  const [typed] = useDebouncedValue(filters, 250);
  const found = useMembers(filterOf(scope, typed));
  const lines = found.data?.pages.flatMap(({ nodes }) => nodes) ?? [];
  const set = (name: keyof typeof NO_FILTERS) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setFilters((before) => ({ ...before, [name]: value }));
  };
  return (
    <Stack>
      <Group justify="space-between" align="baseline">
        <Title order={1} size="h2">
          {t(members.title)}
        </Title>
        <Text role="status" c="dimmed">
          {found.data !== undefined && t(members.count, { count: found.data.pages[0]!.totalCount })}
        </Text>
      </Group>
      <Group align="flex-end">
        <TextInput
          label={t(members.search)}
          value={filters.nameStarts}
          onChange={set('nameStarts')}
          type="search"
        />
        <TextInput label={t(members.tag)} value={filters.tag} onChange={set('tag')} type="search" />
        <NativeSelect
          label={t(members.status)}
          value={filters.status}
          onChange={set('status')}
          data={[
            { value: '', label: t(members.any) },
            ...STATUSES.map((value) => ({ value, label: t(members[value]) })),
          ]}
        />
      </Group>
      {found.isPending && <Waiting rows={12} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && lines.length === 0 && (
        <Empty
          action={
            <Button variant="default" onClick={() => setFilters(NO_FILTERS)}>
              {t(members.clear)}
            </Button>
          }
        >
          {t(members.nobody)}
        </Empty>
      )}
      {lines.length > 0 && (
        <Lines
          lines={lines}
          total={found.data?.pages[0]?.totalCount ?? lines.length}
          more={() => found.hasNextPage && !found.isFetchingNextPage && void found.fetchNextPage()}
        />
      )}
    </Stack>
  );
}

function Lines({
  lines,
  total,
  more,
}: {
  lines: readonly MemberLine[];
  total: number;
  more: () => void;
}): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const virtual = useWindowVirtualizer({
    count: lines.length,
    estimateSize: () => 56,
    overscan: 12,
    scrollMargin: list.current?.offsetTop ?? 0,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= lines.length - 30) more();
  }, [last, lines.length, more]);
  return (
    <div role="table" aria-label={t(members.title)} aria-rowcount={total + 1}>
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={classes.head}>
          {(['name', 'chapter', 'status', 'language', 'tags', 'came'] as const).map((word) => (
            <span role="columnheader" key={word}>
              {t(members[word])}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" ref={list} style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {shown.map(({ index, key, start }) => (
          <div
            key={key}
            role="row"
            aria-rowindex={index + 2}
            data-index={index}
            ref={virtual.measureElement}
            className={classes.line}
            style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
          >
            <MemberCells member={lines[index]!} />
          </div>
        ))}
      </div>
    </div>
  );
}

function MemberCells({ member }: { member: MemberLine }): ReactNode {
  return (
    <>
      <span role="cell">
        <Anchor component={Link} to="/members/$id" params={{ id: member.id } as never} fw={600}>
          {nameOf(member)}
        </Anchor>
      </span>
      <span role="cell">{member.chapter.name}</span>
      <span role="cell">{t(members[member.status])}</span>
      <span role="cell">{member.language}</span>
      <span role="cell">
        {(member.tags as string[]).map((tag) => (
          <Badge key={tag} variant="default" tt="none" fw={400} me={4}>
            {tag}
          </Badge>
        ))}
      </span>
      <span role="cell">{number(member.attendanceCount)}</span>
    </>
  );
}

/** A person's name as it is written, or their id where there is none. */
export const nameOf = ({
  givenName,
  familyName,
  id,
}: {
  givenName: string;
  familyName: string;
  id: string;
}): string => `${givenName} ${familyName}`.trim() || id;

function filterOf(scope: string, { nameStarts, tag, status }: typeof NO_FILTERS): MemberFilter {
  return {
    ...(scope === '' ? {} : { within: scope }),
    ...(nameStarts.trim() === '' ? {} : { nameStarts: nameStarts.trim() }),
    ...(tag.trim() === '' ? {} : { tag: tag.trim() }),
    ...(status === '' ? {} : { status: { eq: status as (typeof STATUSES)[number] } }),
  };
}
