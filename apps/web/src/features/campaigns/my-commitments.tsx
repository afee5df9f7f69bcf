import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../app/ask';
import { useChange } from '../../app/change';
import { t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { graphql } from '../../graphql';
import { mine } from '../members/mine-strings';
import { commitments } from './strings';

const MINE = graphql(`
  query MyCommitments {
    me {
      id
      commitments(first: 20) {
        nodes {
          id
          kind
          status
          campaign {
            title
          }
        }
      }
    }
  }
`);
const KEPT = graphql(`
  mutation KeptCommitment($id: ID!) {
    checkIn(input: { commitmentId: $id, status: KEPT }) {
      id
      status
    }
  }
`);
const WITHDRAW = graphql(`
  mutation WithdrawCommitment($id: ID!) {
    withdrawCommitment(commitmentId: $id) {
      id
      status
    }
  }
`);

/** What the member pledged; kept or taken back in one tap. */
export function MyCommitments(): ReactNode {
  const found = useQuery({
    queryKey: ['my-commitments'],
    queryFn: ({ signal }) => ask(MINE, {}, { signal }),
  });
  const kept = useChange(KEPT, 'my-commitments');
  const withdraw = useChange(WITHDRAW, 'my-commitments');
  if (found.isPending) return <Waiting rows={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const nodes = found.data.me?.commitments.nodes ?? [];
  return (
    <Stack component="section">
      <Title order={2} size="h4">
        {t(mine.commitments)}
      </Title>
      {nodes.length === 0 && <Empty>{t(mine.noCommitments)}</Empty>}
      {nodes.map(({ id, kind, status, campaign }) => (
        <Paper key={id} withBorder p="sm" component="article">
          <Group justify="space-between">
            <div>
              <Text fw={600}>{[t(commitments[kind]), campaign?.title].filter(Boolean).join(' · ')}</Text>
              <Text c="dimmed">{t(commitments[status])}</Text>
            </div>
            {status === 'PLEDGED' && (
              <Group gap="xs">
                <Button variant="default" onClick={() => kept.mutate({ id })} loading={kept.isPending}>
                  {t(mine.kept)}
                </Button>
                <Button
                  variant="default"
                  onClick={() => withdraw.mutate({ id })}
                  loading={withdraw.isPending}
                >
                  {t(mine.withdraw)}
                </Button>
              </Group>
            )}
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}
