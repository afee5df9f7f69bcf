import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../app/ask';
import { moment, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { useScope } from '../../console/scope';
import { graphql } from '../../graphql';
import { gatherings } from './strings';

const AGENDA = graphql(`
  query Agenda($filter: GatheringFilter) {
    gatherings(first: 50, filter: $filter) {
      nodes {
        id
        kind
        state
        title
        startsAt
        timeZone
        place
        goingCount
        chapter {
          name
        }
      }
    }
  }
`);

/** What is planned from now on, in the time of its place. */
export function Agenda(): ReactNode {
  const [scope] = useScope();
  const agenda = useQuery({
    queryKey: ['agenda', scope],
    queryFn: async ({ signal }) => {
      const filter = { from: new Date().toISOString(), ...(scope === '' ? {} : { chapter: scope }) };
      return (await ask(AGENDA, { filter }, { signal })).gatherings.nodes;
    },
  });
  return (
    <Stack maw={900}>
      <Title order={1} size="h2">
        {t(gatherings.title)}
      </Title>
      {agenda.isPending && <Waiting />}
      {agenda.isError && <Failed error={agenda.error} retry={() => void agenda.refetch()} />}
      {agenda.data?.length === 0 && <Empty>{t(gatherings.none)}</Empty>}
      {agenda.data?.map((one) => (
        <Paper key={one.id} withBorder p="md" component="article">
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            <div>
              <Text fw={600}>{one.title}</Text>
              <Text>{moment(one.startsAt, one.timeZone)}</Text>
              <Text c="dimmed">
                {[t(gatherings[one.kind]), one.chapter.name, one.place].filter(Boolean).join(' · ')}
              </Text>
            </div>
            <Badge variant="default" tt="none">
              {one.state === 'CANCELLED'
                ? t(gatherings.cancelled)
                : t(gatherings.going, { count: one.goingCount })}
            </Badge>
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}
