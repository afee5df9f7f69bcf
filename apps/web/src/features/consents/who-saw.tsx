import { Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../app/ask';
import { moment, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { graphql } from '../../graphql';
import { mine } from '../members/mine-strings';

const WHO = graphql(`
  query WhoSawMyData {
    whoReadMyData(first: 20) {
      nodes {
        id
        at
        reader
        purpose
        reason
        fields
      }
    }
  }
`);

/** When, who, why and which fields: the member's own page of the access ledger. */
export function WhoSaw(): ReactNode {
  const found = useQuery({ queryKey: ['who-saw'], queryFn: ({ signal }) => ask(WHO, {}, { signal }) });
  if (found.isPending) return <Waiting rows={4} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const entries = found.data.whoReadMyData.nodes;
  return (
    <Stack component="section">
      <Title order={2} size="h4">
        {t(mine.seen)}
      </Title>
      {entries.length === 0 && <Empty>{t(mine.notSeen)}</Empty>}
      {entries.map(({ id, at, reader, reason, fields }) => {
        const names = (fields as string[]).filter((name) => !name.startsWith('Query.'));
        return (
          <Paper key={id} withBorder p="sm" component="article">
            <Text fw={600}>{`${t(mine[reader])} · ${moment(at)}`}</Text>
            {reason !== null && <Text>{reason}</Text>}
            <Text c="dimmed" size="sm">
              {t(mine.fields, {
                count: names.length,
                names: names.map((name) => name.split('.')[1]).join(', '),
              })}
            </Text>
          </Paper>
        );
      })}
    </Stack>
  );
}
