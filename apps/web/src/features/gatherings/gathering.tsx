import { Anchor, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { i18n, moment, number, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { GatheringOutreach } from '../outreach/gathering-outreach';
import { Answers } from './answers';
import { Attendances } from './attendances';
import { CancelGathering } from './cancel-gathering';
import { type Gathering, useGathering } from './gathering-query';
import { hall } from './gathering-strings';
import { series } from './series-strings';
import { gatherings } from './strings';

const Requests = lazy(async () => ({ default: (await import('./requests')).Requests }));
const Leaders = lazy(async () => ({ default: (await import('./leaders')).Leaders }));

/** A gathering: its facts, who comes, who came, and what was written to people about it. */
export function GatheringPage(): ReactNode {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useGathering(id);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data === null)
    return (
      <Empty
        action={
          <Button component={Link} to="/gatherings" variant="default">
            {t(hall.back)}
          </Button>
        }
      >
        {t(hall.notFound)}
      </Empty>
    );
  return (
    <Stack maw={960} gap="xl">
      <Facts gathering={found.data} />
      <GatheringOutreach
        id={id}
        open={found.data.kind === 'TRAINING' && found.data.state === 'SCHEDULED' && !isOver(found.data)}
      />
      <Suspense fallback={<Waiting rows={2} />}>
        {found.data.admission === 'APPROVAL' && <Requests gatheringId={id} />}
        <Leaders gatheringId={id} open={found.data.state === 'SCHEDULED' && !isOver(found.data)} />
      </Suspense>
      <Answers gathering={found.data} />
      <Attendances gathering={found.data} />
    </Stack>
  );
}

const isOver = ({ endsAt }: Gathering): boolean => new Date(endsAt) <= new Date();

function Facts({ gathering }: { gathering: Gathering }): ReactNode {
  const { id, kind, state, title, chapter, description } = gathering;
  const [cancelling, setCancelling] = useState(false);
  const open = state !== 'CANCELLED' && !isOver(gathering);
  return (
    <Stack component="section" gap="xs">
      <Group justify="space-between" align="flex-start">
        <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {state === 'CANCELLED' && (
          <Badge size="lg" variant="outline" color="red" tt="none" c="var(--mantine-color-error)">
            {t(gatherings.cancelled)}
          </Badge>
        )}
      </Group>
      <Text c="dimmed">
        {[t(gatherings[kind]), chapter.name, ...(gathering.series === null ? [] : [t(series.series)])].join(
          ' · ',
        )}
      </Text>
      <When gathering={gathering} />
      <Where gathering={gathering} />
      {description !== '' && <Text style={{ whiteSpace: 'pre-line' }}>{description}</Text>}
      <Group mt="xs">
        {state !== 'CANCELLED' && (
          <Button component="a" href="/door" mih={44}>
            {t(hall.door)}
          </Button>
        )}
        {kind === 'LISTENING_SESSION' && (
          <Button
            component={Link}
            to="/gatherings/$id/listening"
            params={{ id } as never}
            variant="default"
            mih={44}
          >
            {t(hall.listening)}
          </Button>
        )}
        {open && (
          <>
            <Button
              component={Link}
              to="/gatherings/$id/edit"
              params={{ id } as never}
              variant="default"
              mih={44}
            >
              {t(hall.edit)}
            </Button>
            <Button variant="default" mih={44} onClick={() => setCancelling(true)}>
              {t(hall.cancel)}
            </Button>
          </>
        )}
      </Group>
      <CancelGathering gathering={gathering} opened={cancelling} close={() => setCancelling(false)} />
    </Stack>
  );
}

function When({ gathering: { startsAt, endsAt, timeZone } }: { gathering: Gathering }): ReactNode {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const end = i18n.date(endsAt, { hour: 'numeric', minute: '2-digit', timeZone });
  const there = moment(startsAt, timeZone);
  const mine = moment(startsAt, here);
  return (
    <div>
      <Text size="lg">{`${there}, ${t(hall.until, { when: end })}`}</Text>
      {mine !== there && <Text c="dimmed">{t(hall.here, { when: mine })}</Text>}
    </div>
  );
}

function Where({ gathering }: { gathering: Gathering }): ReactNode {
  const { place, onlineUrl, capacity, goingCount } = gathering;
  return (
    <Paper withBorder p="sm">
      <Group gap="xl">
        {place !== null && <Text>{place}</Text>}
        {onlineUrl !== null && (
          <Anchor href={onlineUrl} rel="noreferrer" target="_blank">
            {t(hall.online)}
          </Anchor>
        )}
        <Text>
          {capacity === null
            ? t(gatherings.going, { count: goingCount })
            : t(hall.places, { going: number(goingCount), capacity: number(capacity) })}
        </Text>
      </Group>
    </Paper>
  );
}
