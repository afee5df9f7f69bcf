import { Button, Group, Modal, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../../app/ask';
import { useChange } from '../../app/change';
import { t } from '../../app/i18n';
import { graphql, type ResultOf } from '../../graphql';
import { nameOf } from '../members/name';
import classes from './gathering.module.css';
import { hall } from './gathering-strings';
import { planning } from './planning-strings';

const REQUESTS = graphql(`
  query GatheringRequests($id: ID!) {
    gathering(id: $id) {
      rsvps(first: 50, filter: { requested: true }) {
        nodes {
          id
          guests
          member {
            id
            givenName
            familyName
          }
        }
      }
    }
  }
`);
const APPROVE = graphql(`
  mutation ApproveRsvp($id: ID!) {
    approveRsvp(id: $id) {
      id
    }
  }
`);
const REFUSE = graphql(`
  mutation RefuseRsvp($id: ID!, $reason: String!) {
    refuseRsvp(id: $id, reason: $reason) {
      id
    }
  }
`);
type Request = NonNullable<ResultOf<typeof REQUESTS>['gathering']>['rsvps']['nodes'][number];

/** Those who asked to be let in; nothing when nobody did. The next fifty come when these are decided. */
export function Requests({ gatheringId }: { gatheringId: string }): ReactNode {
  const found = useQuery({
    queryKey: ['gathering', gatheringId, 'requests'],
    queryFn: async ({ signal }) =>
      (await ask(REQUESTS, { id: gatheringId }, { signal })).gathering?.rsvps.nodes ?? [],
  });
  const [refusing, setRefusing] = useState<Request>();
  const approve = useChange(APPROVE, 'gathering');
  if (found.data === undefined || found.data.length === 0) return null;
  return (
    <Stack component="section">
      <Title order={2} size="h4">
        {t(planning.requests)}
      </Title>
      <Stack component="ul" gap={6} className={classes.list} aria-label={t(planning.requests)}>
        {found.data.map((request) => {
          const name = request.member === null ? '' : nameOf(request.member);
          return (
            <Paper key={request.id} withBorder px="sm" py="xs" component="li">
              <Group justify="space-between">
                <Text>
                  {request.guests === 0 ? name : t(planning.withGuests, { name, count: request.guests })}
                </Text>
                <Group gap="xs">
                  <Button
                    mih={44}
                    loading={approve.isPending && approve.variables.id === request.id}
                    aria-label={t(planning.approveWho, { name })}
                    onClick={() => approve.mutate({ id: request.id })}
                  >
                    {t(planning.approve)}
                  </Button>
                  <Button
                    mih={44}
                    variant="default"
                    aria-label={t(planning.refuseWho, { name })}
                    onClick={() => setRefusing(request)}
                  >
                    {t(planning.refuse)}
                  </Button>
                </Group>
              </Group>
            </Paper>
          );
        })}
      </Stack>
      {refusing !== undefined && <Refuse request={refusing} close={() => setRefusing(undefined)} />}
    </Stack>
  );
}

function Refuse({ request, close }: { request: Request; close: () => void }): ReactNode {
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const refuse = useChange(REFUSE, 'gathering');
  const missing = reason.trim() === '';
  return (
    <Modal
      opened
      onClose={close}
      title={t(planning.refuse)}
      closeButtonProps={{ 'aria-label': t(hall.close) }}
    >
      <Stack>
        <Textarea
          label={t(planning.reason)}
          maxLength={500}
          autosize
          minRows={2}
          value={reason}
          error={asked && missing ? t(planning.needReason) : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button
            mih={44}
            loading={refuse.isPending}
            onClick={() => {
              setAsked(true);
              if (!missing) refuse.mutate({ id: request.id, reason }, { onSettled: close });
            }}
          >
            {t(planning.refuse)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
