import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../app/ask';
import { useChange } from '../../app/change';
import { moment, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { graphql } from '../../graphql';
import { mine } from '../members/mine-strings';
import { gatherings } from './strings';

const MINE = graphql(`
  query MyGatherings {
    me {
      id
      rsvps(first: 20) {
        nodes {
          id
          status
          gathering {
            id
            title
            state
            startsAt
            endsAt
            timeZone
            place
          }
        }
      }
    }
  }
`);
const RSVP = graphql(`
  mutation Rsvp($id: ID!, $status: RsvpStatus!) {
    rsvp(input: { gatheringId: $id, status: $status }) {
      id
      status
    }
  }
`);
const COMING: readonly string[] = ['GOING', 'MAYBE', 'WAITLISTED'];

/** What the member said they will come to, next first; changed in one tap. */
export function MyGatherings(): ReactNode {
  const found = useQuery({ queryKey: ['my-gatherings'], queryFn: ({ signal }) => ask(MINE, {}, { signal }) });
  const rsvp = useChange(RSVP, 'my-gatherings');
  if (found.isPending) return <Waiting rows={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const now = new Date().toISOString();
  const next = (found.data.me?.rsvps.nodes ?? [])
    .flatMap(({ id, status, gathering }) =>
      gathering === null || gathering.endsAt < now ? [] : [{ id, status, gathering }],
    )
    .sort((a, b) => (a.gathering.startsAt < b.gathering.startsAt ? -1 : 1));
  return (
    <Stack component="section">
      <Title order={2} size="h4">
        {t(mine.gatherings)}
      </Title>
      {next.length === 0 && <Empty>{t(mine.noGatherings)}</Empty>}
      {next.map(({ id, status, gathering }) => (
        <Paper key={id} withBorder p="sm" component="article">
          <Group justify="space-between">
            <div>
              <Text fw={600}>{gathering.title}</Text>
              <Text>{moment(gathering.startsAt, gathering.timeZone)}</Text>
              <Text c="dimmed">{[t(gatherings[status]), gathering.place].filter(Boolean).join(' · ')}</Text>
            </div>
            {gathering.state !== 'CANCELLED' && (
              <Button
                variant="default"
                loading={rsvp.isPending && rsvp.variables.id === gathering.id}
                onClick={() =>
                  rsvp.mutate({ id: gathering.id, status: COMING.includes(status) ? 'DECLINED' : 'GOING' })
                }
              >
                {t(COMING.includes(status) ? mine.cancel : mine.come)}
              </Button>
            )}
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}
