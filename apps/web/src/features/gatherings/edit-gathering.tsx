import { Stack, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { useDraft } from '../../app/use-draft';
import { graphql } from '../../graphql';
import { dayIn, timeIn } from './agenda-query';
import { agenda } from './agenda-strings';
import { detailsOf, timesOf, type GatheringDraft } from './gathering-draft';
import { GatheringForm } from './gathering-form';
import { useGathering, type Gathering } from './gathering-query';
import { hall } from './gathering-strings';
import { series } from './series-strings';
import { SeriesScope, type Scope } from './series-scope';
import { useGatheringForm } from './use-gathering-form';

const UPDATE = graphql(`
  mutation UpdateGathering($input: UpdateGatheringInput!) {
    updateGathering(input: $input) {
      id
    }
  }
`);

const UPDATE_SERIES = graphql(`
  mutation UpdateSeries($input: UpdateSeriesInput!) {
    updateSeries(input: $input) {
      changed
    }
  }
`);

/** Changes a gathering, or many dates of its series. */
export function EditGathering(): ReactNode {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useGathering(id);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data === null) return <Empty>{t(hall.notFound)}</Empty>;
  return <Form gathering={found.data} />;
}

const draftOf = (gathering: Gathering): GatheringDraft => ({
  chapterId: gathering.chapter.id,
  title: gathering.title,
  date: dayIn(gathering.startsAt, gathering.timeZone),
  time: timeIn(gathering.startsAt, gathering.timeZone),
  timeZone: gathering.timeZone,
  offset: '',
  minutes: String(Math.round((+new Date(gathering.endsAt) - +new Date(gathering.startsAt)) / 60_000)),
  capacity: gathering.capacity === null ? '' : String(gathering.capacity),
  place: gathering.place ?? '',
  onlineUrl: gathering.onlineUrl ?? '',
  language: gathering.language,
  listed: gathering.listed,
  description: gathering.description,
  admission: gathering.admission,
  guests: String(gathering.guestsAllowed),
  offerHours: gathering.offerHours === null ? '' : String(gathering.offerHours),
});

/** What many dates take over: their words, their hour and their length, when these were changed. */
const seriesChange = (
  gatheringId: string,
  scope: 'FOLLOWING' | 'ALL',
  draft: GatheringDraft,
  before: GatheringDraft,
) => ({
  gatheringId,
  scope,
  ...detailsOf(draft),
  ...(draft.time === before.time ? {} : { startsAtHour: draft.time }),
  ...(draft.minutes === before.minutes ? {} : { durationMinutes: Number(draft.minutes) }),
});

const TIMES = ['date', 'time', 'timeZone', 'offset', 'minutes'] as const;

function Form({ gathering }: { gathering: Gathering }): ReactNode {
  const navigate = useNavigate();
  const before = draftOf(gathering);
  const [draft, change, forget] = useDraft<GatheringDraft>(`gathering.${gathering.id}`, before);
  const [scope, setScope] = useState<Scope>('THIS');
  const form = useGatheringForm(draft);
  const sending = useMutation({
    mutationFn: async (): Promise<unknown> => {
      if (scope !== 'THIS')
        return ask(UPDATE_SERIES, { input: seriesChange(gathering.id, scope, draft, before) });
      return ask(UPDATE, {
        input: {
          gatheringId: gathering.id,
          ...detailsOf(draft),
          ...(TIMES.some((name) => draft[name] !== before[name]) ? { times: timesOf(draft) } : {}),
        },
      });
    },
    onSuccess: async () => {
      forget();
      say(t(agenda.saved));
      await queries.invalidateQueries({ queryKey: ['gathering', gathering.id] });
      await queries.invalidateQueries({ queryKey: ['agenda'] });
      await navigate({ to: '/gatherings/$id', params: { id: gathering.id } });
    },
    onError: form.refused,
  });
  return (
    <Stack maw={640}>
      <Title order={1} size="h2">
        {t(agenda.edit)}
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
        action={t(agenda.save)}
        fixedChapter
        send={() => {
          const moved =
            scope !== 'THIS' && (draft.date !== before.date || draft.timeZone !== before.timeZone);
          if (form.check(moved ? [{ field: 'date', message: t(series.oneDay) }] : [])) sending.mutate();
        }}
      >
        {gathering.series !== null && <SeriesScope label={t(series.scope)} value={scope} choose={setScope} />}
      </GatheringForm>
    </Stack>
  );
}
