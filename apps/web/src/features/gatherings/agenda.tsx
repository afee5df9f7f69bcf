import {
  Anchor,
  Badge,
  Button,
  Group,
  NativeSelect,
  Paper,
  SegmentedControl,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { moment, t } from '../../app/i18n';
import { MainAction } from '../../app/main-action';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { words } from '../../app/words';
import { useScope } from '../../console/scope';
import { useAgenda, type AgendaFilter, type GatheringKind, type GatheringLine } from './agenda-query';
import { agenda } from './agenda-strings';
import { Month } from './month';
import { gatherings } from './strings';

const KINDS = ['TRAINING', 'LISTENING_SESSION'] as const;
type View = 'upcoming' | 'past' | 'month';

/** What is planned, what was, and the way to plan more; in the time of each place. */
export function Agenda(): ReactNode {
  const [scope] = useScope();
  const [view, setView] = useState<View>('upcoming');
  const [kind, setKind] = useState<GatheringKind | ''>('');
  return (
    <Stack maw={960}>
      <Title order={1} size="h2">
        {t(gatherings.title)}
      </Title>
      <Group align="flex-end">
        <SegmentedControl
          aria-label={t(agenda.show)}
          value={view}
          onChange={(value) => setView(value as View)}
          data={(['upcoming', 'past', 'month'] as const).map((value) => ({ value, label: t(agenda[value]) }))}
        />
        <NativeSelect
          aria-label={t(agenda.kind)}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as GatheringKind | '')}
          data={[
            { value: '', label: t(agenda.anyKind) },
            ...KINDS.map((value) => ({ value, label: t(gatherings[value]) })),
          ]}
        />
      </Group>
      <MainAction ofList>
        <Button component={Link} to="/gatherings/new" search={{ kind: 'TRAINING' } as never}>
          {t(agenda.TRAINING)}
        </Button>
        <Button
          component={Link}
          to="/gatherings/new"
          search={{ kind: 'LISTENING_SESSION' } as never}
          variant="default"
        >
          {t(agenda.LISTENING_SESSION)}
        </Button>
      </MainAction>
      <Group gap="lg">
        <Anchor component={Link} to="/courses">
          {t(agenda.courses)}
        </Anchor>
        <Anchor component={Link} to="/gatherings/turnout">
          {t(agenda.turnout)}
        </Anchor>
        <Anchor component={Link} to="/gatherings/calendars">
          {t(agenda.calendars)}
        </Anchor>
      </Group>
      {view === 'month' ? (
        <Month filter={{ scope, kind }} />
      ) : (
        <Lines filter={{ scope, kind }} past={view === 'past'} />
      )}
    </Stack>
  );
}

function Lines({ filter, past }: { filter: AgendaFilter; past: boolean }): ReactNode {
  const found = useAgenda(filter, past);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const lines = found.data.pages.flatMap(({ nodes }) => nodes);
  if (lines.length === 0) return <Empty>{t(past ? agenda.noPast : gatherings.none)}</Empty>;
  return (
    <Stack>
      {lines.map((one) => (
        <Line key={one.id} gathering={one} />
      ))}
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

function Line({ gathering }: { gathering: GatheringLine }): ReactNode {
  const { id, kind, state, title, startsAt, timeZone, place, goingCount, chapter } = gathering;
  return (
    <Paper withBorder p="md" component="article">
      <Group justify="space-between" align="flex-start" gap="xs">
        <div style={{ minWidth: 0 }}>
          <Anchor component={Link} to="/gatherings/$id" params={{ id } as never} fw={600} size="lg">
            {title}
          </Anchor>
          <Text>{moment(startsAt, timeZone)}</Text>
          <Text c="dimmed">{[t(gatherings[kind]), chapter.name, place].filter(Boolean).join(' · ')}</Text>
        </div>
        <Badge variant="default" size="lg" tt="none" fw={500}>
          {state === 'CANCELLED' ? t(gatherings.cancelled) : t(gatherings.going, { count: goingCount })}
        </Badge>
      </Group>
    </Paper>
  );
}
