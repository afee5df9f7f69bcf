import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { useScope } from '../../console/scope';
import { useChapters } from '../chapters/chapters';
import { useColumns } from './columns';
import { chipWords, FilterBar } from './filter-bar';
import { memberFilter, useFilters, type FilterName } from './member-filters';
import { MemberGrid } from './member-grid';
import { useMembers } from './members-query';
import { SelectionBar } from './selection-bar';
import { members } from './strings';
import { useSelection } from './use-selection';

/** Finds members among tens of thousands, and acts on those that are selected. */
export function Members(): ReactNode {
  const [scope] = useScope();
  const { filters, sort } = useFilters();
  const [columns] = useColumns();
  const filter = memberFilter(scope, filters);
  const found = useMembers(filter, sort, columns);
  const lines = found.data?.pages.flatMap(({ nodes }) => nodes) ?? [];
  const total = found.data?.pages[0]?.totalCount ?? lines.length;
  const selection = useSelection(filter, total);
  return (
    <Stack>
      <Group justify="space-between" align="baseline">
        <Title order={1} size="h2">
          {t(members.title)}
        </Title>
        <Text role="status" c="dimmed">
          {found.data !== undefined && t(members.count, { count: total })}
        </Text>
      </Group>
      <FilterBar />
      {found.isPending && <Waiting rows={12} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && lines.length === 0 && <Nobody />}
      {lines.length > 0 && (
        <>
          <SelectionBar selection={selection} total={total} />
          <MemberGrid
            lines={lines}
            total={total}
            columns={columns}
            selection={selection}
            more={() => found.hasNextPage && !found.isFetchingNextPage && void found.fetchNextPage()}
          />
        </>
      )}
    </Stack>
  );
}

/** Says that nobody matches, and offers to leave out what was asked for last. */
function Nobody(): ReactNode {
  const { filters, set } = useFilters();
  const chapters = useChapters();
  const last = (Object.keys(filters) as FilterName[]).at(-1);
  if (last === undefined) return <Empty>{t(members.nobodyYet)}</Empty>;
  return (
    <Empty
      action={
        <Button variant="default" mih={44} onClick={() => set(last, '')}>
          {t(members.without, { chip: chipWords(last, filters[last]!, chapters.data ?? []) })}
        </Button>
      }
    >
      {t(members.nobody)}
    </Empty>
  );
}
