import { Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { moment, number, t } from '../../app/i18n';
import { Mark } from '../../app/mark';
import { Failed, Waiting } from '../../app/outcome';
import { askAsPartner } from './ask-as-partner';
import { desk } from './desk-strings';
import { Explorer } from './explorer';

interface Standing {
  readonly name: string;
  readonly keyLabel: string;
  readonly keyExpiresAt: string;
  readonly agreements: readonly {
    readonly purposes: readonly string[];
    readonly fieldGroups: readonly string[];
    readonly campaigns: readonly string[];
    readonly endsAt: string | null;
  }[];
  readonly today: { readonly queries: number; readonly cost: number; readonly people: number };
  readonly limits: Record<'peoplePerDay' | 'nodes' | 'depth' | 'rootFields', number>;
}

const STANDING = `{ partnership { name keyLabel keyExpiresAt agreements { purposes fieldGroups campaigns endsAt }
  today { queries cost people } limits { peoplePerDay nodes depth rootFields } } }`;

/** What a partner may see, what it used, and a place to ask. */
export function Desk({ partnerKey, leave }: { partnerKey: string; leave: () => void }): ReactNode {
  const found = useQuery({
    queryKey: ['standing'],
    queryFn: async () => (await askAsPartner(partnerKey, STANDING)).data?.['partnership'] as Standing,
  });
  return (
    <Stack component="main" p="md" maw={900} mx="auto" gap="lg">
      <Group justify="space-between">
        <Mark />
        <Button variant="default" onClick={leave}>
          {t(desk.leave)}
        </Button>
      </Group>
      {found.isPending && <Waiting />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data !== undefined && (
        <>
          <Facts {...found.data} />
          <Explorer
            partnerKey={partnerKey}
            campaign={found.data.agreements.flatMap(({ campaigns }) => campaigns)[0] ?? ''}
            mostRows={found.data.limits.nodes}
            asked={() => void found.refetch()}
          />
        </>
      )}
    </Stack>
  );
}

function Facts({ name, keyLabel, keyExpiresAt, agreements, today, limits }: Standing): ReactNode {
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Title order={1} size="h2">
          {name}
        </Title>
        <Text>{t(desk.keyFacts, { label: keyLabel, when: moment(keyExpiresAt) })}</Text>
        <Title order={2} size="h4">
          {t(desk.agreements)}
        </Title>
        {agreements.length === 0 && <Text>{t(desk.none)}</Text>}
        <List>
          {agreements.map(({ purposes, fieldGroups, campaigns, endsAt }, index) => (
            <List.Item key={index}>
              {[...purposes, ...fieldGroups, ...campaigns].join(', ')};{' '}
              {endsAt === null ? t(desk.open) : t(desk.until, { when: moment(endsAt) })}
            </List.Item>
          ))}
        </List>
        <Title order={2} size="h4">
          {t(desk.today)}
        </Title>
        <Text>
          {t(desk.used, {
            people: number(today.people),
            most: number(limits.peoplePerDay),
            queries: number(today.queries),
            cost: number(today.cost),
          })}
        </Text>
        <Text c="dimmed">
          {t(desk.limits, {
            people: number(limits.peoplePerDay),
            nodes: number(limits.nodes),
            depth: limits.depth,
            roots: limits.rootFields,
          })}
        </Text>
      </Stack>
    </Paper>
  );
}
