import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { moment, t } from '../../app/i18n';
import { Empty, Failed, reasonOf, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { answersOf, MY_GATHERINGS, RSVP, type Answer } from './my-gatherings-query';
import classes from './my-gatherings.module.css';
import { ahead } from './my-strings';
import { gatherings } from './strings';

const Ticket = lazy(async () => ({ default: (await import('./ticket')).Ticket }));
const COMING: readonly string[] = ['GOING', 'MAYBE', 'WAITLISTED'];

type Change = (answer: Answer, status: 'GOING' | 'DECLINED') => void;

/** The next gathering first and large, with its ticket; the others; and those not answered yet. */
export function MyGatherings(): ReactNode {
  const [since] = useState(() => new Date().toISOString());
  const found = useQuery({
    queryKey: ['my-gatherings'],
    queryFn: ({ signal }) => ask(MY_GATHERINGS, { from: since }, { signal }),
  });
  const rsvp = useMutation({
    mutationFn: (given: { id: string; status: 'GOING' | 'DECLINED' }) => ask(RSVP, given),
    onSuccess: ({ rsvp: { status } }) => say(t(ahead[status === 'DECLINED' ? 'notComing' : 'coming'])),
    onError: (error) => say(reasonOf(error), 'alert'),
    onSettled: () => queries.invalidateQueries({ queryKey: ['my-gatherings'] }),
  });
  if (found.isPending) return <Waiting rows={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const answers = answersOf(found.data);
  const change: Change = ({ gathering }, status) => rsvp.mutate({ id: gathering.id, status });
  const busy = rsvp.isPending ? rsvp.variables.id : undefined;
  const coming = answers.filter(({ status }) => status !== null && COMING.includes(status));
  const [next, ...later] = coming;
  const open = answers.filter(({ status }) => status === null || !COMING.includes(status));
  return (
    <>
      <Stack component="section">
        <Title order={2} size="h4">
          {t(ahead.next)}
        </Title>
        {next === undefined ? (
          <Empty>{t(open.length === 0 ? ahead.none : ahead.noneYet)}</Empty>
        ) : (
          <Next answer={next} change={change} busy={busy} />
        )}
        {later.map((answer) => (
          <Row key={answer.gathering.id} answer={answer} change={change} busy={busy} />
        ))}
      </Stack>
      {open.length > 0 && (
        <Stack component="section">
          <Title order={2} size="h4">
            {t(ahead.open)}
          </Title>
          {open.map((answer) => (
            <Row key={answer.gathering.id} answer={answer} change={change} busy={busy} />
          ))}
        </Stack>
      )}
    </>
  );
}

interface Shown {
  readonly answer: Answer;
  readonly change: Change;
  /** The gathering whose answer is on its way. */
  readonly busy: string | undefined;
}

/** When it is where it is, and here when clocks differ. */
function When({ gathering: { startsAt, timeZone } }: { gathering: Answer['gathering'] }): ReactNode {
  const there = moment(startsAt, timeZone);
  const here = moment(startsAt);
  return (
    <>
      <Text fw={600}>{there}</Text>
      {here !== there && <Text size="sm">{t(ahead.yours, { when: here })}</Text>}
    </>
  );
}

function Next({ answer, change, busy }: Shown): ReactNode {
  const { id, status, gathering } = answer;
  const admitted = status === 'GOING' && gathering.state !== 'CANCELLED' && id !== null;
  return (
    <Paper withBorder p="lg" component="article" className={classes.next}>
      <Stack gap="sm">
        <div>
          <Text c="dimmed">{t(gatherings[gathering.kind])}</Text>
          <Title order={3}>{gathering.title}</Title>
        </div>
        <When gathering={gathering} />
        {gathering.place !== null && <Text>{gathering.place}</Text>}
        <Text fw={600}>{standing(answer)}</Text>
        <Tap answer={answer} change={change} busy={busy} />
      </Stack>
      {admitted && (
        <Suspense fallback={<Waiting rows={4} />}>
          <Ticket rsvpId={id} />
        </Suspense>
      )}
    </Paper>
  );
}

function Row({ answer, change, busy }: Shown): ReactNode {
  const { gathering } = answer;
  return (
    <Paper withBorder p="sm" component="article">
      <Group justify="space-between">
        <div>
          <Title order={3} size="h5">
            {gathering.title}
          </Title>
          <When gathering={gathering} />
          <Text c="dimmed">{[standing(answer), gathering.place].filter(Boolean).join(' · ')}</Text>
        </div>
        <Tap answer={answer} change={change} busy={busy} />
      </Group>
    </Paper>
  );
}

/** How the answer stands, in a sentence. */
function standing({ status, gathering, place }: Answer): string {
  if (gathering.state === 'CANCELLED') return t(ahead.cancelled);
  if (place?.offerExpiresAt != null)
    return t(ahead.offered, { when: moment(place.offerExpiresAt, gathering.timeZone) });
  if (place?.requestedAt != null) return t(ahead.requested);
  if (place?.refusal != null) return t(ahead.refused, { reason: place.refusal });
  return status === null || status === 'INVITED' ? t(ahead.unanswered) : t(ahead[status]);
}

/** One tap changes the answer, and one more changes it back. */
function Tap({ answer, change, busy }: Shown): ReactNode {
  const { status, gathering } = answer;
  if (gathering.state === 'CANCELLED') return null;
  const coming = status !== null && COMING.includes(status);
  const offered = answer.place?.offerExpiresAt != null;
  const declined = status === 'DECLINED' || status === 'CANCELLED';
  return (
    <Group gap="xs">
      {(!coming || offered) && (
        <Button loading={busy === gathering.id} onClick={() => change(answer, 'GOING')}>
          {t(offered ? ahead.take : ahead.come)}
        </Button>
      )}
      {!declined && (
        <Button variant="default" loading={busy === gathering.id} onClick={() => change(answer, 'DECLINED')}>
          {t(ahead.cancel)}
        </Button>
      )}
    </Group>
  );
}
