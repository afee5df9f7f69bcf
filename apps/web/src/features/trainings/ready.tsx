import { Anchor, Button, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../../app/ask';
import { useChange } from '../../app/change';
import { number, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { words } from '../../app/words';
import { useScope } from '../../console/scope';
import { graphql } from '../../graphql';
import { nameOf } from '../members/name';
import { trainings } from './strings';

const READY = graphql(`
  query ReadyForNextStep($filter: LadderPlaceFilter, $after: String) {
    ladderPlaces(first: 25, after: $after, filter: $filter) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        cameTo
        hasLed
        member {
          id
          givenName
          familyName
        }
      }
    }
  }
`);
const GRANT = graphql(`
  mutation GrantQualification($input: GrantQualificationInput!) {
    grantQualification(input: $input) {
      id
    }
  }
`);
const STEPS = ['TRAINED', 'FACILITATOR', 'TRAINER'] as const;
type Step = (typeof STEPS)[number];

/** Who is ready for the next step of the ladder, those first who have stood longest where they are. */
export function Ready(): ReactNode {
  const [scope] = useScope();
  const [step, setStep] = useState<Step>('FACILITATOR');
  const grant = useChange(GRANT, 'ladder');
  const found = useInfiniteQuery({
    queryKey: ['ladder', scope, step],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const filter = { readyFor: step, ...(scope === '' ? {} : { within: scope }) };
      return (await ask(READY, { filter, after: pageParam }, { signal })).ladderPlaces;
    },
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });
  const people = found.data?.pages.flatMap(({ nodes }) => nodes) ?? [];
  return (
    <Stack maw={960}>
      <Title order={1} size="h2">
        {t(trainings.ready)}
      </Title>
      <NativeSelect
        maw={320}
        label={t(trainings.readyFor)}
        value={step}
        onChange={(event) => setStep(event.currentTarget.value as Step)}
        data={STEPS.map((value) => ({ value, label: t(trainings[value]) }))}
      />
      {found.isPending && <Waiting />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && people.length === 0 && <Empty>{t(trainings.nobody)}</Empty>}
      {people.map(({ member, cameTo, hasLed }) => {
        if (member === null) return null;
        const name = nameOf(member);
        return (
          <Paper key={member.id} withBorder px="sm" py="xs" component="article">
            <Group justify="space-between" mih={44}>
              <div>
                <Anchor component={Link} to="/members/$id" params={{ id: member.id } as never}>
                  {name}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {t(trainings.came, { count: cameTo, led: number(hasLed) })}
                </Text>
              </div>
              {step !== 'TRAINED' && (
                <Button
                  mih={44}
                  loading={grant.isPending && grant.variables.input.memberId === member.id}
                  aria-label={t(trainings.qualifyWho, { name })}
                  onClick={() => grant.mutate({ input: { memberId: member.id, kind: step } })}
                >
                  {t(trainings.qualify)}
                </Button>
              )}
            </Group>
          </Paper>
        );
      })}
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
