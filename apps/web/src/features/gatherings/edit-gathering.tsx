import { Stack, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
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
import { useGatheringForm } from './use-gathering-form';

const UPDATE = graphql(`
  mutation UpdateGathering($input: UpdateGatheringInput!) {
    updateGathering(input: $input) {
      id
    }
  }
`);

/** Changes a gathering. */
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
});

const TIMES = ['date', 'time', 'timeZone', 'offset', 'minutes'] as const;

function Form({ gathering }: { gathering: Gathering }): ReactNode {
  const navigate = useNavigate();
  const before = draftOf(gathering);
  const [draft, change, forget] = useDraft<GatheringDraft>(`gathering.${gathering.id}`, before);
  const form = useGatheringForm(draft);
  const sending = useMutation({
    mutationFn: () =>
      ask(UPDATE, {
        input: {
          gatheringId: gathering.id,
          ...detailsOf(draft),
          ...(TIMES.some((name) => draft[name] !== before[name]) ? { times: timesOf(draft) } : {}),
        },
      }),
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
        send={() => form.check() && sending.mutate()}
      />
    </Stack>
  );
}
