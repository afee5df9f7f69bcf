import { Anchor, Badge, Group, Paper, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { moment, t } from '../../app/i18n';
import type { SequenceLine } from './sequences-query';
import { outreach } from './strings';

/** A sequence in a list. */
export function SequenceCard({ sequence }: { sequence: SequenceLine }): ReactNode {
  const { id, title, purpose, state, startedAt, enrolledCount, activeCount, chapter } = sequence;
  const service = purpose === 'service';
  return (
    <Paper withBorder p="md" component="article">
      <Group justify="space-between" align="flex-start" gap="xs">
        <div style={{ minWidth: 0 }}>
          <Anchor component={Link} to="/sequences/$id" params={{ id } as never} fw={600} size="lg">
            {service ? `${t(outreach.service)}: ${title}` : title}
          </Anchor>
          {!service && (
            <Text>
              {`${t(outreach.enrolled, { count: enrolledCount })} · ${t(outreach.inside, { count: activeCount })}`}
            </Text>
          )}
          <Text c="dimmed">{`${chapter.name} · ${t(outreach.startedAt, { when: moment(startedAt) })}`}</Text>
        </div>
        <StateBadge state={state} />
      </Group>
    </Paper>
  );
}

/** Whether a sequence runs, in a word and not in a colour alone. */
export function StateBadge({ state }: { state: SequenceLine['state'] }): ReactNode {
  return (
    <Badge size="lg" tt="none" fw={500} variant={state === 'ACTIVE' ? 'filled' : 'default'}>
      {t(outreach[state])}
    </Badge>
  );
}
