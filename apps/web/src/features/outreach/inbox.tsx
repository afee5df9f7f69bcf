import { Button, Group, NativeSelect, Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { words } from '../../app/words';
import { useReplies, useTasks } from './inbox-query';
import { inbox } from './inbox-strings';
import classes from './outreach.module.css';
import { ReplyCard } from './reply-card';
import { TaskCard } from './task-card';

/** What waits for a person: what members wrote back, and what sequences ask for. */
export function Inbox(): ReactNode {
  const [waiting, setWaiting] = useState(true);
  const replies = useReplies(waiting);
  const tasks = useTasks(waiting);
  return (
    <Stack maw={960} gap="lg">
      <Group justify="space-between" align="flex-end">
        <Title order={1} size="h2">
          {t(inbox.title)}
        </Title>
        <NativeSelect
          label={t(inbox.show)}
          value={String(waiting)}
          onChange={(event) => setWaiting(event.currentTarget.value === 'true')}
          data={[
            { value: 'true', label: t(inbox.waiting) },
            { value: 'false', label: t(inbox.all) },
          ]}
        />
      </Group>
      <Part
        title={t(inbox.replies)}
        none={t(inbox.noReplies)}
        found={replies}
        card={(reply) => <ReplyCard key={reply.id} reply={reply} />}
      />
      <Part
        title={t(inbox.tasks)}
        none={t(inbox.noTasks)}
        found={tasks}
        card={(task) => <TaskCard key={task.id} task={task} />}
      />
    </Stack>
  );
}

interface Found<Line> {
  readonly isPending: boolean;
  readonly isError: boolean;
  readonly error: unknown;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly data?: { readonly pages: readonly { readonly nodes: readonly Line[] }[] } | undefined;
  refetch(): Promise<unknown>;
  fetchNextPage(): Promise<unknown>;
}

function Part<Line>(props: {
  title: string;
  none: string;
  found: Found<Line>;
  card: (line: Line) => ReactNode;
}): ReactNode {
  const { title, none, found, card } = props;
  const lines = found.data?.pages.flatMap(({ nodes }) => nodes) ?? [];
  return (
    <Stack component="section" aria-label={title}>
      <Title order={2} size="h4">
        {title}
      </Title>
      {found.isPending && <Waiting rows={3} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data !== undefined && lines.length === 0 && (
        <Empty
          action={
            <Button component={Link} to="/sequences" variant="default">
              {t(inbox.toOutreach)}
            </Button>
          }
        >
          {none}
        </Empty>
      )}
      {lines.length > 0 && (
        <Stack component="ul" gap="sm" className={classes.list} aria-label={title}>
          {lines.map(card)}
        </Stack>
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
