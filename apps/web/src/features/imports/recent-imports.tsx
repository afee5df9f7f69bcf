import { Anchor, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../../app/ask';
import { moment, t } from '../../app/i18n';
import { Failed, Waiting } from '../../app/outcome';
import { graphql } from '../../graphql';
import { imports } from './strings';

const RECENT = graphql(`
  query RecentImports {
    importRuns(first: 20) {
      nodes {
        id
        state
        rowCount
        createdAt
        chapter {
          name
        }
      }
    }
  }
`);

/** The imports of before, the newest first: to go on with one, or to take it back. */
export function RecentImports(): ReactNode {
  const found = useQuery({
    queryKey: ['imports'],
    queryFn: async ({ signal }) => (await ask(RECENT, {}, { signal })).importRuns.nodes,
  });
  if (found.isPending) return <Waiting rows={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data.length === 0) return <Text c="dimmed">{t(imports.noneYet)}</Text>;
  return (
    <section aria-label={t(imports.recent)}>
      <Title order={2} size="h4" mb="sm">
        {t(imports.recent)}
      </Title>
      <Stack gap="xs">
        {found.data.map(({ id, state, rowCount, createdAt, chapter }) => (
          <Paper key={id} withBorder p="md">
            <Group justify="space-between" gap="xs">
              <div>
                <Anchor component={Link} to="/imports/$id" params={{ id } as never} fw={600}>
                  {moment(createdAt)}
                </Anchor>
                <Text c="dimmed">
                  {[chapter?.name, t(imports.rowsRead, { count: rowCount })].filter(Boolean).join(' · ')}
                </Text>
              </div>
              <Badge variant="default" size="lg" tt="none" fw={500}>
                {t(imports[`state${state}`])}
              </Badge>
            </Group>
          </Paper>
        ))}
      </Stack>
    </section>
  );
}
