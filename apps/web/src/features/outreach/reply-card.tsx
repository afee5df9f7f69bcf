import { Anchor, Badge, Button, Group, List, Modal, Paper, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useChange } from '../../app/change';
import { moment, t } from '../../app/i18n';
import { graphql } from '../../graphql';
import { nameOf } from '../members/name';
import type { ReplyLine } from './inbox-query';
import { inbox } from './inbox-strings';
import classes from './outreach.module.css';
import { outreach } from './strings';

const HANDLE = graphql(`
  mutation HandleReply($id: ID!, $outcome: ReplyOutcome!) {
    handleReply(id: $id, outcome: $outcome) {
      id
      outcome
    }
  }
`);

/** What a member wrote, whole, and what a person decides about it. */
export function ReplyCard({ reply }: { reply: ReplyLine }): ReactNode {
  const { id, member, asksToStop, outcome } = reply;
  const name = member === null ? t(inbox.formerMember) : nameOf(member);
  const [asked, setAsked] = useState(false);
  const handle = useChange(HANDLE, 'inbox');
  const answer = (chosen: 'NOTED' | 'RESUMED' | 'STOPPED'): void =>
    handle.mutate({ id, outcome: chosen }, { onSettled: () => setAsked(false) });
  return (
    <Paper withBorder p="md" component="li">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          {member === null ? (
            <Text fw={600}>{name}</Text>
          ) : (
            <Anchor component={Link} to="/members/$id" params={{ id: member.id } as never} fw={600}>
              {name}
            </Anchor>
          )}
          <Text size="sm" c="dimmed">
            {t(inbox[reply.channel])}, {moment(reply.at)}
          </Text>
        </Group>
        <Text className={classes.said} dir="auto">
          {reply.body}
        </Text>
        {outcome !== null && (
          <Badge variant="default" size="lg" tt="none" fw={500}>
            {t(inbox[`was${outcome}`])}
          </Badge>
        )}
        {outcome === null && asksToStop && (
          <Text>
            <strong>{t(inbox.asksToStop)}.</strong> {t(inbox.asksToStopMeans)}
          </Text>
        )}
        {outcome === null && (
          <Group gap="xs" role="group" aria-label={t(inbox.answerTo, { name })}>
            <Button
              variant="default"
              mih={44}
              loading={handle.isPending && handle.variables.outcome !== 'STOPPED'}
              onClick={() => answer(asksToStop ? 'RESUMED' : 'NOTED')}
            >
              {t(asksToStop ? inbox.RESUMED : inbox.NOTED)}
            </Button>
            <Button variant="default" mih={44} onClick={() => setAsked(true)}>
              {t(inbox.STOPPED)}
            </Button>
          </Group>
        )}
      </Stack>
      <Modal
        opened={asked}
        onClose={() => setAsked(false)}
        title={t(inbox.stopTitle, { name })}
        closeButtonProps={{ 'aria-label': t(outreach.close) }}
      >
        <Stack>
          <List spacing="xs">
            <List.Item>{t(inbox.stopAddresses)}</List.Item>
            <List.Item>{t(inbox.stopConsents)}</List.Item>
            <List.Item>{t(inbox.stopBack)}</List.Item>
          </List>
          <Group justify="flex-end">
            <Button variant="default" mih={44} onClick={() => setAsked(false)} data-autofocus>
              {t(inbox.leaveIt)}
            </Button>
            <Button mih={44} loading={handle.isPending} onClick={() => answer('STOPPED')}>
              {t(inbox.STOPPED)}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Paper>
  );
}
