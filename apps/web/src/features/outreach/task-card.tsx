import { Anchor, Button, Group, Paper, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useChange } from '../../app/change';
import { moment, t } from '../../app/i18n';
import { graphql } from '../../graphql';
import { nameOf } from '../members/name';
import type { TaskLine } from './inbox-query';
import { inbox } from './inbox-strings';

const COMPLETE = graphql(`
  mutation CompleteTask($id: ID!, $done: Boolean!) {
    completeTask(id: $id, done: $done) {
      id
      doneAt
    }
  }
`);

/** What a sequence asks somebody to do about a member. */
export function TaskCard({ task }: { task: TaskLine }): ReactNode {
  const { id, title, madeAt, doneAt, member, sequence } = task;
  const complete = useChange(COMPLETE, 'inbox');
  const about = [
    sequence === null ? '' : t(inbox.from, { title: sequence.title }),
    doneAt === null ? t(inbox.since, { when: moment(madeAt) }) : t(inbox.doneWas, { when: moment(doneAt) }),
  ];
  return (
    <Paper withBorder p="md" component="li">
      <Group justify="space-between" gap="xs">
        <div>
          <Text fw={600} dir="auto">
            {title}
          </Text>
          {member !== null && (
            <Anchor component={Link} to="/members/$id" params={{ id: member.id } as never}>
              {nameOf(member)}
            </Anchor>
          )}
          <Text size="sm" c="dimmed">
            {about.filter(Boolean).join(', ')}
          </Text>
        </div>
        <Button
          variant="default"
          mih={44}
          loading={complete.isPending}
          aria-label={`${t(doneAt === null ? inbox.done : inbox.notDone)}: ${title}`}
          onClick={() => complete.mutate({ id, done: doneAt === null })}
        >
          {t(doneAt === null ? inbox.done : inbox.notDone)}
        </Button>
      </Group>
    </Paper>
  );
}
