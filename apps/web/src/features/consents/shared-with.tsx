import { Button, Paper, Stack, Switch, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { moment, t } from '../../app/i18n';
import { Empty, Failed, reasonOf, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { graphql, type ResultOf, type VariablesOf } from '../../graphql';
import { mine } from '../members/mine-strings';
import { allowing } from './page-strings';
import { consents } from './strings';

const PARTNERS = graphql(`
  query CoalitionPartners {
    coalitionPartners(first: 50) {
      nodes {
        id
        partnerId
        name
        purposes
        fieldGroups
        decisions
      }
    }
  }
`);
const SET = graphql(`
  mutation SetPartnerConsent(
    $partnerId: ID!
    $purpose: String!
    $fieldGroups: [String!]!
    $granted: Boolean!
    $wording: String!
  ) {
    setPartnerConsent(
      partnerId: $partnerId
      purpose: $purpose
      fieldGroups: $fieldGroups
      granted: $granted
      wording: $wording
    )
  }
`);

type Partner = ResultOf<typeof PARTNERS>['coalitionPartners']['nodes'][number];
type Setting = VariablesOf<typeof SET>;
interface Decision {
  readonly purpose: string;
  readonly fieldGroup: string;
  readonly state: 'granted' | 'withdrawn';
  readonly at: string;
}

/** The word for a purpose or a group of fields; its name where there is none. */
const named = (name: string): string =>
  name in allowing ? t(allowing[name as keyof typeof allowing]) : name;

/** Each partner of the coalition, with what the member lets it see, and for what. */
export function SharedWith(): ReactNode {
  const found = useQuery({
    queryKey: ['partners'],
    queryFn: ({ signal }) => ask(PARTNERS, {}, { signal }),
  });
  const set = useMutation({
    mutationFn: (settings: readonly Setting[]) => Promise.all(settings.map((setting) => ask(SET, setting))),
    onSuccess: (_done, [first]) => say(t(first?.granted === true ? consents.allowed : consents.withdrawn)),
    onError: (error) => say(reasonOf(error), 'alert'),
    onSettled: () => queries.invalidateQueries({ queryKey: ['partners'] }),
  });
  if (found.isPending) return <Waiting rows={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const partners = found.data.coalitionPartners.nodes.filter(
    ({ purposes }) => (purposes as string[]).length > 0,
  );
  return (
    <Stack component="section">
      <Title order={2} size="h4">
        {t(allowing.partners)}
      </Title>
      <Text>{t(allowing.partnersWhy)}</Text>
      {partners.length === 0 && <Empty>{t(allowing.noPartners)}</Empty>}
      {partners.map((partner) => (
        <One
          key={partner.id}
          partner={partner}
          set={(settings) => set.mutate(settings)}
          asked={set.isPending ? set.variables : []}
        />
      ))}
    </Stack>
  );
}

interface OneProps {
  readonly partner: Partner;
  readonly set: (settings: Setting[]) => void;
  readonly asked: readonly Setting[];
}

function One({ partner, set, asked }: OneProps): ReactNode {
  const { partnerId, name } = partner;
  const decisions = partner.decisions as Decision[];
  const standing = (purpose: string, group: string): Decision | undefined =>
    decisions.find((one) => one.purpose === purpose && one.fieldGroup === group);
  const setting = (purpose: string, group: string, granted: boolean): Setting => ({
    partnerId,
    purpose,
    fieldGroups: [group],
    granted,
    wording: t(allowing.share, { partner: name, group: named(group), purpose: named(purpose) }),
  });
  const shared = decisions.filter(({ state }) => state === 'granted');
  return (
    <Paper withBorder p="md" component="article">
      <Stack>
        <Title order={3} size="h5">
          {name}
        </Title>
        {(partner.purposes as string[]).map((purpose) => (
          <Stack key={purpose} gap="xs">
            <Text fw={600}>{t(allowing.mayUse, { purpose: named(purpose) })}</Text>
            {(partner.fieldGroups as string[]).map((group) => {
              const decision = standing(purpose, group);
              const coming = asked.find(
                (one) =>
                  one.partnerId === partnerId && one.purpose === purpose && one.fieldGroups.includes(group),
              );
              return (
                <Switch
                  key={group}
                  size="md"
                  label={t(allowing.share, { partner: name, group: named(group), purpose: named(purpose) })}
                  description={
                    decision === undefined ? t(mine.never) : t(mine.said, { when: moment(decision.at) })
                  }
                  checked={coming?.granted ?? decision?.state === 'granted'}
                  onChange={(event) => set([setting(purpose, group, event.currentTarget.checked)])}
                />
              );
            })}
          </Stack>
        ))}
        {shared.length > 1 && (
          <Button
            variant="default"
            onClick={() => set(shared.map(({ purpose, fieldGroup }) => setting(purpose, fieldGroup, false)))}
          >
            {t(allowing.shareAll, { partner: name })}
          </Button>
        )}
      </Stack>
    </Paper>
  );
}
