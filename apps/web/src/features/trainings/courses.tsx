import { Anchor, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../../app/ask';
import { t } from '../../app/i18n';
import { MainAction } from '../../app/main-action';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { words } from '../../app/words';
import { graphql } from '../../graphql';
import { trainings } from './strings';

const COURSES = graphql(`
  query Courses($after: String) {
    courses(first: 25, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        title
        state
        chapter {
          name
        }
      }
    }
  }
`);

/** What is taught, and what is being prepared. */
export function Courses(): ReactNode {
  const found = useInfiniteQuery({
    queryKey: ['courses'],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => (await ask(COURSES, { after: pageParam }, { signal })).courses,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });
  return (
    <Stack maw={960}>
      <Title order={1} size="h2">
        {t(trainings.courses)}
      </Title>
      <MainAction ofList>
        <Button component={Link} to="/courses/new">
          {t(trainings.create)}
        </Button>
        <Button component={Link} to="/courses/ready" variant="default">
          {t(trainings.ready)}
        </Button>
      </MainAction>
      {found.isPending ? (
        <Waiting />
      ) : found.isError ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Lines courses={found.data.pages.flatMap(({ nodes }) => nodes)} />
      )}
      {found.hasNextPage && (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t(words.more)}
        </Button>
      )}
    </Stack>
  );
}

type Line = { id: string; title: string; state: 'DRAFT' | 'OPEN' | 'RETIRED'; chapter: { name: string } };

function Lines({ courses }: { courses: readonly Line[] }): ReactNode {
  if (courses.length === 0) return <Empty>{t(trainings.none)}</Empty>;
  return courses.map(({ id, title, state, chapter }) => (
    <Paper key={id} withBorder p="md" component="article">
      <Group justify="space-between">
        <div>
          <Anchor component={Link} to="/courses/$id" params={{ id } as never} fw={600} size="lg">
            {title}
          </Anchor>
          <Text c="dimmed">{chapter.name}</Text>
        </div>
        <Badge variant="default" size="lg" tt="none" fw={500}>
          {t(trainings[state])}
        </Badge>
      </Group>
    </Paper>
  ));
}
