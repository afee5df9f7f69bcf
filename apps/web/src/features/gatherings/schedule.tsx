import { Stack, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { t } from '../../app/i18n';
import { say } from '../../app/say';
import { useDraft } from '../../app/use-draft';
import { useScope } from '../../console/scope';
import { graphql } from '../../graphql';
import { useChapters } from '../chapters/chapters';
import { agenda } from './agenda-strings';
import { detailsOf, emptyDraft, timesOf, type GatheringDraft } from './gathering-draft';
import { GatheringForm } from './gathering-form';
import { planning } from './planning-strings';
import { RepeatFields } from './repeat-fields';
import { goodTimes, noRepeat, seriesOf, type RepeatDraft } from './repeats';
import { useGatheringForm } from './use-gathering-form';

const TRAINING = graphql(`
  mutation ScheduleTraining($input: ScheduleGatheringInput!) {
    scheduleTraining(input: $input) {
      id
    }
  }
`);
const SESSION = graphql(`
  mutation ScheduleListeningSession($input: ScheduleGatheringInput!) {
    scheduleListeningSession(input: $input) {
      id
    }
  }
`);

const SERIES = graphql(`
  mutation ScheduleSeries($input: ScheduleSeriesInput!) {
    scheduleSeries(input: $input) {
      gatherings(first: 1) {
        nodes {
          id
        }
      }
    }
  }
`);

/** Announces a training or a listening session, once or as often as it repeats. */
export function Schedule(): ReactNode {
  const { kind } = useSearch({ strict: false }) as { kind?: string };
  const training = kind !== 'LISTENING_SESSION';
  const [scope] = useScope();
  const chapters = useChapters();
  const navigate = useNavigate();
  const [draft, change, forget] = useDraft<GatheringDraft>(`schedule.${training}`, emptyDraft());
  const [repeat, changeRepeat, forgetRepeat] = useDraft<RepeatDraft>(`repeat.${training}`, noRepeat());
  const form = useGatheringForm(draft);
  const own =
    chapters.data?.find(({ id }) => id === scope) ??
    (chapters.data?.length === 1 ? chapters.data[0] : undefined);
  useEffect(() => {
    if (own !== undefined && draft.chapterId === '') change({ chapterId: own.id, timeZone: own.timeZone });
    // Once, when the chapters are known: what is chosen afterwards stays.
  }, [own?.id]);
  const sending = useMutation({
    mutationFn: async () => {
      if (repeat.repeat !== '') {
        const kind = training ? ('TRAINING' as const) : ('LISTENING_SESSION' as const);
        const series = { chapterId: draft.chapterId, kind, ...detailsOf(draft), ...seriesOf(draft, repeat) };
        return (await ask(SERIES, { input: series })).scheduleSeries.gatherings.nodes[0]!.id;
      }
      const input = { chapterId: draft.chapterId, ...timesOf(draft), ...detailsOf(draft) };
      return training
        ? (await ask(TRAINING, { input })).scheduleTraining.id
        : (await ask(SESSION, { input })).scheduleListeningSession.id;
    },
    onSuccess: async (id) => {
      forget();
      forgetRepeat();
      say(t(agenda.scheduled));
      await queries.invalidateQueries({ queryKey: ['agenda'] });
      await navigate({ to: '/gatherings/$id', params: { id } });
    },
    onError: form.refused,
  });
  return (
    <Stack maw={640}>
      <Title order={1} size="h2">
        {t(training ? agenda.TRAINING : agenda.LISTENING_SESSION)}
      </Title>
      <GatheringForm
        draft={draft}
        change={(part) => {
          if ('date' in part || 'time' in part || 'timeZone' in part) form.timeChanged();
          change(part);
        }}
        problems={form.problems}
        clock={form.clock}
        sending={sending.isPending}
        action={t(agenda.schedule)}
        send={() => {
          const times = repeat.repeat === '' || goodTimes(repeat.times);
          if (form.check(times ? [] : [{ field: 'times', message: t(planning.needTimes) }])) sending.mutate();
        }}
      >
        <RepeatFields draft={draft} repeat={repeat} change={changeRepeat} problems={form.problems} />
      </GatheringForm>
    </Stack>
  );
}
