import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../../app/ask';
import { useChange } from '../../app/change';
import { moment, t } from '../../app/i18n';
import { graphql } from '../../graphql';
import { leading } from './my-leading-strings';

const MINE = graphql(`
  query MyLeading {
    me {
      facilitations(first: 20) {
        nodes {
          id
          role
          state
          gathering {
            title
            startsAt
            endsAt
            timeZone
            state
          }
        }
      }
    }
  }
`);
const ANSWER = graphql(`
  mutation AnswerFacilitation($id: ID!, $takes: Boolean!) {
    answerFacilitation(id: $id, takes: $takes) {
      id
      state
    }
  }
`);

/** What a member is asked to lead; nothing when they are not. */
export default function MyLeading(): ReactNode {
  const [now] = useState(() => new Date().toISOString());
  const found = useQuery({
    queryKey: ['my-leading'],
    queryFn: async ({ signal }) => (await ask(MINE, {}, { signal })).me?.facilitations.nodes ?? [],
  });
  const answer = useChange(ANSWER, 'my-leading');
  const ahead = (found.data ?? []).flatMap(({ gathering, ...one }) =>
    gathering !== null && gathering.state === 'SCHEDULED' && gathering.endsAt > now
      ? [{ ...one, gathering }]
      : [],
  );
  if (ahead.length === 0) return null;
  return (
    <Stack component="section">
      <Title order={2} size="h4">
        {t(leading.title)}
      </Title>
      {ahead.map(({ id, role, state, gathering }) => (
        <Paper key={id} withBorder p="sm" component="article">
          <Group justify="space-between">
            <div>
              <Title order={3} size="h5">
                {gathering.title}
              </Title>
              <Text>{moment(gathering.startsAt, gathering.timeZone)}</Text>
              <Text c="dimmed">{`${t(leading[role])} · ${t(leading[state])}`}</Text>
            </div>
            <Group gap="xs">
              {state !== 'CONFIRMED' && (
                <Button mih={44} onClick={() => answer.mutate({ id, takes: true })}>
                  {t(leading.yes)}
                </Button>
              )}
              {state !== 'DECLINED' && (
                <Button mih={44} variant="default" onClick={() => answer.mutate({ id, takes: false })}>
                  {t(leading.no)}
                </Button>
              )}
            </Group>
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}
