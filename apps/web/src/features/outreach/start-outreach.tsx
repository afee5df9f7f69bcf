import { Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { moment, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { useDraft } from '../../app/use-draft';
import { useScope } from '../../console/scope';
import { graphql } from '../../graphql';
import { useGathering, type Gathering } from '../gatherings/gathering-query';
import { hall } from '../gatherings/gathering-strings';
import { ChooseSegment } from './choose-segment';
import { ReviewSegment } from './review-segment';
import { inputOf, type Segment } from './segment';
import { starting } from './start-strings';

const START = graphql(`
  mutation StartTrainingSequence($gatheringId: ID!, $segment: SegmentInput!, $key: String!) {
    startTrainingSequence(gatheringId: $gatheringId, segment: $segment, idempotencyKey: $key) {
      id
    }
  }
`);

/** Outreach for a training, in steps: choose people, review, confirm. */
export function StartOutreach(): ReactNode {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useGathering(id);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data === null) return <Empty>{t(hall.notFound)}</Empty>;
  return (
    <Stack maw={720}>
      <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
        {t(starting.title, { title: found.data.title })}
      </Title>
      <Text c="dimmed">{moment(found.data.startsAt, found.data.timeZone)}</Text>
      <Steps gathering={found.data} />
    </Stack>
  );
}

function Steps({ gathering }: { gathering: Gathering }): ReactNode {
  const [scope] = useScope();
  const navigate = useNavigate();
  const [count, setCount] = useState<number>();
  const [segment, change, forget] = useDraft<Segment & { key: string }>(`outreach.${gathering.id}`, {
    chapterId: scope === '' ? gathering.chapter.id : scope,
    language: '',
    status: '',
    tag: '',
    key: '',
  });
  useEffect(() => {
    if (segment.key === '') change({ key: crypto.randomUUID() });
  }, [segment.key, change]);
  const { key, ...chosen } = segment;
  /** Other people are another request, with a key of its own; the same request, sent again, starts nothing twice. */
  const choose = (part: Partial<Segment>): void => change({ ...part, key: crypto.randomUUID() });
  const starts = useMutation({
    mutationFn: () => ask(START, { gatheringId: gathering.id, segment: inputOf(chosen), key }),
    onSuccess: async ({ startTrainingSequence: { id } }) => {
      forget();
      say(t(starting.started));
      await queries.invalidateQueries({ queryKey: ['sequences'] });
      await navigate({ to: '/sequences/$id', params: { id } });
    },
  });
  if (count === undefined) return <ChooseSegment segment={segment} change={choose} done={setCount} />;
  return (
    <ReviewSegment
      count={count}
      gathering={gathering}
      error={starts.error}
      sending={starts.isPending}
      confirm={() => starts.mutate()}
      back={() => {
        starts.reset();
        setCount(undefined);
      }}
    />
  );
}
