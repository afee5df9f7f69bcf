import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { day, t } from '../../app/i18n';
import { Empty, Failed, reasonOf, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { graphql, type ResultOf } from '../../graphql';
import { own } from './my-strings';
import { commitments } from './strings';

const MINE = graphql(`
  query MyCommitments {
    me {
      id
      commitmentRequests(first: 10, filter: { answeredAt: { isNull: true } }) {
        nodes {
          id
          askedAt
          campaign {
            slug
            title
            state
          }
        }
      }
      commitments(first: 50) {
        nodes {
          id
          kind
          status
          pledgedAt
          campaign {
            title
          }
        }
      }
    }
  }
`);
const CHECK_IN = graphql(`
  mutation CheckInCommitment($id: ID!, $status: CommitmentStatus!) {
    checkIn(input: { commitmentId: $id, status: $status }) {
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

type Commitment = NonNullable<ResultOf<typeof MINE>['me']>['commitments']['nodes'][number];
type Asked = NonNullable<ResultOf<typeof MINE>['me']>['commitmentRequests']['nodes'][number];
type Verdict = 'KEPT' | 'BROKEN' | 'WITHDRAWN';

/** What the member pledged; kept, not kept, or taken back in one tap. */
export default function MyCommitments(): ReactNode {
  const found = useQuery({
    queryKey: ['my-commitments'],
    queryFn: ({ signal }) => ask(MINE, {}, { signal }),
  });
  const change = useMutation({
    mutationFn: async ({ id, status }: { id: string; status: Verdict }): Promise<void> => {
      if (status === 'WITHDRAWN') await ask(WITHDRAW, { id });
      else await ask(CHECK_IN, { id, status });
    },
    onSuccess: (_done, { status }) => say(t(status === 'WITHDRAWN' ? own.taken : own.thanks)),
    onError: (error) => say(reasonOf(error), 'alert'),
    onSettled: () => queries.invalidateQueries({ queryKey: ['my-commitments'] }),
  });
  const nodes = found.data?.me?.commitments.nodes ?? [];
  const asked = openOnes(found.data?.me?.commitmentRequests.nodes ?? []);
  return (
    <Stack>
      <Title order={1} size="h2">
        {t(own.commitments)}
      </Title>
      {asked.map((request) => (
        <Open key={request.id} request={request} />
      ))}
      {found.isPending ? (
        <Waiting rows={3} />
      ) : found.isError ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : nodes.length === 0 ? (
        <Empty>{t(own.noCommitments)}</Empty>
      ) : (
        nodes.map((commitment) => (
          <One
            key={commitment.id}
            commitment={commitment}
            busy={change.isPending && change.variables.id === commitment.id}
            change={(status) => change.mutate({ id: commitment.id, status })}
          />
        ))
      )}
    </Stack>
  );
}

/** One for each campaign that takes pledges, however often it asked. */
function openOnes(requests: readonly Asked[]): Asked[] {
  const bySlug = new Map<string, Asked>();
  for (const request of requests)
    if (request.campaign?.state === 'OPEN' && !bySlug.has(request.campaign.slug))
      bySlug.set(request.campaign.slug, request);
  return [...bySlug.values()];
}

function Open({ request: { askedAt, campaign } }: { readonly request: Asked }): ReactNode {
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="xs">
        <Title order={2} size="h5">
          {[t(own.asked), campaign?.title].filter(Boolean).join(' · ')}
        </Title>
        <Text c="dimmed">{t(own.askedOn, { when: day(askedAt) })}</Text>
        <Group gap="xs">
          <Button component="a" href={`/c/${campaign?.slug ?? ''}`}>
            {t(own.pledge)}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

interface OneProps {
  readonly commitment: Commitment;
  readonly busy: boolean;
  readonly change: (status: Verdict) => void;
}

function One({ commitment, busy, change }: OneProps): ReactNode {
  const { kind, status, pledgedAt, campaign } = commitment;
  const open = status === 'PLEDGED' || status === 'UNKNOWN';
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="xs">
        <Title order={2} size="h5">
          {[t(commitments[kind]), campaign?.title].filter(Boolean).join(' · ')}
        </Title>
        <Text c="dimmed">
          {[t(commitments[status]), t(own.pledgedOn, { when: day(pledgedAt) })].join(' · ')}
        </Text>
        {open && (
          <>
            <Text>{t(own.how)}</Text>
            <Group gap="xs">
              <Button onClick={() => change('KEPT')} loading={busy}>
                {t(own.kept)}
              </Button>
              <Button variant="default" onClick={() => change('BROKEN')} loading={busy}>
                {t(own.broken)}
              </Button>
              <Button variant="default" onClick={() => change('WITHDRAWN')} loading={busy}>
                {t(own.withdraw)}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Paper>
  );
}
