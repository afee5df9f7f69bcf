import { Badge, Button, Group, List, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../../app/ask';
import { useChange } from '../../app/change';
import { moment, number, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { graphql, type ResultOf } from '../../graphql';
import { PartnerKeys } from './partner-keys';
import { partners } from './strings';

const PARTNERS = graphql(`
  query Partners {
    partners(first: 50) {
      nodes {
        id
        name
        state
        agreements(first: 10) {
          nodes {
            id
            purposes
            fieldGroups
            endsAt
          }
        }
        usage(first: 14) {
          nodes {
            id
            day
            queries
            cost
            people
          }
        }
      }
    }
  }
`);
const SET_STATE = graphql(`
  mutation SetPartnerState($id: ID!, $state: PartnerState!) {
    setPartnerState(id: $id, state: $state) {
      id
    }
  }
`);

type Partner = NonNullable<ResultOf<typeof PARTNERS>['partners']>['nodes'][number];
const MOVES = {
  SUSPENDED: { word: partners.suspend, bites: partners.suspendBites },
  ACTIVE: { word: partners.readmit, bites: partners.readmitBites },
  ENDED: { word: partners.end, bites: partners.endBites },
} as const;
type Move = keyof typeof MOVES;

/** The coalition's partners: what is shared with each, its keys, and what it asked for. */
export function Partners(): ReactNode {
  const found = useQuery({
    queryKey: ['partners'],
    queryFn: ({ signal }) => ask(PARTNERS, {}, { signal }),
  });
  const all = found.data?.partners?.nodes ?? [];
  return (
    <Stack>
      <Title order={1} size="h2">
        {t(partners.title)}
      </Title>
      {found.isPending && <Waiting />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && all.length === 0 && <Empty>{t(partners.none)}</Empty>}
      {all.map((partner) => (
        <PartnerCard key={partner.id} partner={partner} />
      ))}
    </Stack>
  );
}

function PartnerCard({ partner: { id, name, state, agreements, usage } }: { partner: Partner }): ReactNode {
  const [move, setMove] = useState<Move>();
  const set = useChange(SET_STATE, 'partners');
  const moves = (Object.keys(MOVES) as Move[]).filter((one) => one !== state);
  return (
    <Paper withBorder p="md" component="section" aria-label={name}>
      <Stack gap="sm">
        <Group>
          <Title order={2} size="h3">
            {name}
          </Title>
          <Badge variant="outline" color={state === 'ACTIVE' ? 'brick' : 'gray'}>
            {t(partners[state])}
          </Badge>
          {moves.map((one) => (
            <Button key={one} variant="default" size="md" onClick={() => setMove(one)}>
              {t(MOVES[one].word)}
            </Button>
          ))}
        </Group>
        <Title order={3} size="h5">
          {t(partners.agreements)}
        </Title>
        {agreements.nodes.length === 0 && <Text>{t(partners.noAgreement)}</Text>}
        <List>
          {agreements.nodes.map((one) => (
            <List.Item key={one.id}>
              {[...(one.purposes as string[]), ...(one.fieldGroups as string[])].join(', ')};{' '}
              {one.endsAt === null ? t(partners.open) : t(partners.until, { when: moment(one.endsAt) })}
            </List.Item>
          ))}
        </List>
        <PartnerKeys partnerId={id} />
        <Title order={3} size="h5">
          {t(partners.usage)}
        </Title>
        {usage.nodes.length === 0 && <Text>{t(partners.unused)}</Text>}
        <List>
          {usage.nodes.map(({ id: day, ...one }) => (
            <List.Item key={day}>
              {t(partners.used, {
                day: one.day,
                people: number(one.people),
                queries: number(one.queries),
                cost: number(one.cost),
              })}
            </List.Item>
          ))}
        </List>
      </Stack>
      <Modal
        opened={move !== undefined}
        onClose={() => setMove(undefined)}
        title={move === undefined ? '' : t(MOVES[move].word)}
        closeButtonProps={{ 'aria-label': t(partners.cancel) }}
      >
        {move !== undefined && (
          <Stack>
            <Text>{t(MOVES[move].bites, { name })}</Text>
            <Group>
              <Button
                onClick={() => set.mutate({ id, state: move }, { onSettled: () => setMove(undefined) })}
                loading={set.isPending}
              >
                {t(MOVES[move].word)}
              </Button>
              <Button variant="default" onClick={() => setMove(undefined)}>
                {t(partners.cancel)}
              </Button>
            </Group>
          </Stack>
        )}
      </Modal>
    </Paper>
  );
}
