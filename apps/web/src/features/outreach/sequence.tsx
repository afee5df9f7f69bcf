import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { moment, number, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { Deliveries } from './deliveries';
import { editor } from './editor/editor-strings';
import { Versions } from './editor/versions';
import { StateBadge } from './sequence-card';
import { SequenceChanges } from './sequence-changes';
import { totalOf, useSequence, type Sequence, type Shown } from './sequences-query';
import { StepCard } from './step-card';
import { outreach } from './strings';

/** Outreach as it happens: people and messages at each step, why someone was not written to, and the brakes. */
export function SequencePage(): ReactNode {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useSequence(id);
  const [chosen, setChosen] = useState<{ stepId: string; shown: Shown }>();
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data === null) return <Empty>{t(outreach.notFound)}</Empty>;
  const steps = found.data.steps.nodes.filter(({ kind }) => kind !== 'EXIT');
  return (
    <Stack maw={960} gap="lg">
      <Head sequence={found.data} />
      <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }} aria-label={t(outreach.steps)}>
        {steps.map((step) => (
          <StepCard
            key={step.id}
            step={step}
            zone={found.data!.gathering?.timeZone}
            choose={(shown) => setChosen({ stepId: step.id, shown })}
          />
        ))}
      </Stack>
      <Versions sequence={found.data} />
      <Deliveries sequence={found.data} chosen={chosen} choose={setChosen} />
    </Stack>
  );
}

function Head({ sequence }: { sequence: Sequence }): ReactNode {
  const { title, purpose, state, chapter, gathering, startedAt, enrolledCount, steps } = sequence;
  const { nodes } = steps;
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="flex-start">
        <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
          {purpose === 'service' ? `${t(outreach.service)}: ${title}` : title}
        </Title>
        <StateBadge state={state} />
      </Group>
      <Text c="dimmed">
        {[
          chapter.name,
          t(outreach.startedAt, { when: moment(startedAt) }),
          ...(purpose === 'service' ? [] : [t(outreach.enrolled, { count: enrolledCount })]),
        ].join(' · ')}
      </Text>
      {gathering !== null && (
        <Text>
          <Anchor component={Link} to="/gatherings/$id" params={{ id: gathering.id } as never}>
            {`${gathering.title}, ${moment(gathering.startsAt, gathering.timeZone)}`}
          </Anchor>
        </Text>
      )}
      <Paper withBorder p="md">
        <Text role="status" fw={600}>
          {t(outreach.summary, {
            sent: number(totalOf(nodes, 'ACCEPTED')),
            due: number(totalOf(nodes, 'PENDING')),
            not: number(totalOf(nodes, 'SUPPRESSED') + totalOf(nodes, 'REJECTED')),
            uncertain: number(totalOf(nodes, 'UNCERTAIN')),
            waiting: nodes.reduce((sum, { waiting }) => sum + waiting, 0),
          })}
        </Text>
      </Paper>
      <Standing sequence={sequence} />
      <SequenceChanges sequence={sequence} />
      {purpose !== 'service' && state !== 'ENDED' && (
        <Text>
          <Anchor component={Link} to="/sequences/$id/edit" params={{ id: sequence.id } as never}>
            {t(editor.change)}
          </Anchor>
        </Text>
      )}
    </Stack>
  );
}

/** Why it does not run, where that is not an organizer's own doing. */
function Standing({ sequence: { state, heldReason, audience } }: { sequence: Sequence }): ReactNode {
  if (state === 'WAITING_FOR_APPROVAL')
    return <Text>{t(outreach.approveMeans, { count: audience ?? 0 })}</Text>;
  const key = `heldBy_${heldReason}`;
  return state === 'HELD' && key in outreach ? <Text>{t(outreach[key as 'heldBy_bounces'])}</Text> : null;
}
