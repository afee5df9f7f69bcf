import { Anchor, Badge, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { moment, number, t } from '../app/i18n';
import { Failed, Waiting } from '../app/outcome';
import { gatherings } from '../features/gatherings/strings';
import { useMay } from '../features/identity/permissions';
import { imports } from '../features/imports/strings';
import { nameOf } from '../features/members/name';
import { outreach } from '../features/outreach/strings';
import { useToday } from './home-query';
import { home } from './home-strings';
import { useScope } from './scope';

/** What needs somebody today: gatherings to come, outreach under way, imports that wait for a decision. */
export function Home(): ReactNode {
  const [scope] = useScope();
  const { may, known } = useMay();
  const found = useToday(scope, { outreach: may('outreach.run'), imports: may('members.import') }, known);
  return (
    <Stack maw={1080} gap="lg">
      <Title order={1} size="h2">
        {t(home.title)}
      </Title>
      {found.isPending && <Waiting rows={8} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && (
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
          <Part
            title={t(home.next)}
            all={{ to: '/gatherings', word: t(home.allGatherings) }}
            none={t(home.noGatherings)}
            lines={found.data.gatherings.nodes.map((one) => ({
              id: one.id,
              to: `/gatherings/${one.id}`,
              name: one.title,
              about: [moment(one.startsAt, one.timeZone), one.chapter.name].join(' · '),
              state: t(gatherings.going, { count: one.goingCount }),
            }))}
          />
          {found.data.sequences !== undefined && (
            <Part
              title={t(home.running)}
              all={{ to: '/sequences', word: t(home.allOutreach) }}
              none={t(home.noOutreach)}
              lines={found.data.sequences.nodes
                .filter(({ state }) => state !== 'ENDED')
                .slice(0, 5)
                .map((one) => ({
                  id: one.id,
                  to: `/sequences/${one.id}`,
                  name: one.title,
                  about: t(home.inside, { active: number(one.activeCount), all: number(one.enrolledCount) }),
                  state: t(outreach[one.state]),
                }))}
            />
          )}
          {found.data.replies !== undefined && found.data.tasks !== undefined && (
            <Part
              title={t(home.waiting)}
              all={{ to: '/inbox', word: t(home.inbox) }}
              none={t(home.nobodyWaits)}
              lines={[
                ...found.data.replies.nodes.map((one) => ({
                  id: one.id,
                  to: '/inbox',
                  name: one.member === null ? t(home.wrote) : nameOf(one.member),
                  about: shortened(one.body),
                  state: t(one.asksToStop ? home.asksToStop : home.wrote),
                })),
                ...found.data.tasks.nodes.map((one) => ({
                  id: one.id,
                  to: '/inbox',
                  name: one.title,
                  about: [one.member === null ? '' : nameOf(one.member), moment(one.madeAt)]
                    .filter(Boolean)
                    .join(' · '),
                  state: t(home.toDo),
                })),
              ]}
            />
          )}
          {found.data.importRuns !== undefined && (
            <Part
              title={t(home.imports)}
              all={{ to: '/imports', word: t(imports.title) }}
              none={t(home.noImports)}
              lines={found.data.importRuns.nodes.map((one) => ({
                id: one.id,
                to: `/imports/${one.id}`,
                name: t(home.rows, { count: one.rowCount }),
                about: [one.chapter?.name, moment(one.createdAt)].filter(Boolean).join(' · '),
                state: t(imports[`state${one.state}`]),
              }))}
            />
          )}
        </SimpleGrid>
      )}
    </Stack>
  );
}

/** The beginning of what somebody wrote. */
const shortened = (text: string): string => {
  const words = text.trim().replaceAll(/\s+/g, ' ');
  const letters = [...words];
  return letters.length <= 90 ? words : `${letters.slice(0, 90).join('')}…`;
};

interface PartLine {
  readonly id: string;
  readonly to: string;
  readonly name: string;
  readonly about: string;
  readonly state: string;
}

function Part(props: {
  title: string;
  none: string;
  all: { to: string; word: string };
  lines: readonly PartLine[];
}): ReactNode {
  const { title, none, all, lines } = props;
  return (
    <Paper withBorder p="lg" component="section" aria-label={title}>
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      {lines.length === 0 && <Text c="dimmed">{none}</Text>}
      <Stack gap="md">
        {lines.map(({ id, to, name, about, state }) => (
          <Group key={id} justify="space-between" wrap="nowrap" align="flex-start">
            <div style={{ minWidth: 0 }}>
              <Anchor component={Link} to={to} fw={600}>
                {name}
              </Anchor>
              <Text size="sm" c="dimmed">
                {about}
              </Text>
            </div>
            <Badge variant="default" size="lg" tt="none" fw={500} style={{ flex: 'none' }}>
              {state}
            </Badge>
          </Group>
        ))}
      </Stack>
      <Button component={Link} to={all.to} variant="default" mih={44} mt="md">
        {all.word}
      </Button>
    </Paper>
  );
}
