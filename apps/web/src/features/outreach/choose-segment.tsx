import { Button, List, NativeSelect, Paper, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState, type ReactNode } from 'react';
import { ErrorSummary, problemAt, type FieldProblem } from '../../app/error-summary';
import { i18n, t } from '../../app/i18n';
import { MainAction } from '../../app/main-action';
import { Failed } from '../../app/outcome';
import { useChapters } from '../chapters/chapters';
import { nameOf } from '../members/name';
import { members } from '../members/strings';
import { STATUSES, useSegment, type Segment, type Status } from './segment';
import { starting } from './start-strings';

const LANGUAGES = ['en', 'es', 'pt', 'fr', 'de', 'zh', 'vi', 'tl', 'ko', 'ar', 'hi', 'ru'];

/** Says who is meant, as a sentence; counts them and shows some of them as one goes. */
export function ChooseSegment(props: {
  segment: Segment;
  change: (part: Partial<Segment>) => void;
  done: (count: number) => void;
}): ReactNode {
  const { segment, change, done } = props;
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [settled] = useDebouncedValue(segment, 250);
  const found = useSegment(settled);
  const chapters = useChapters();
  const names = new Intl.DisplayNames(i18n.locale, { type: 'language' });
  const [asked, setAsked] = useState(false);
  const total = found.data?.totalCount;
  const counted = settled === segment && found.isSuccess && !found.isPlaceholderData;
  const send = (): void => {
    setProblems(segment.chapterId === '' ? [{ field: 'chapterId', message: t(starting.needChapter) }] : []);
    setAsked(segment.chapterId !== '');
  };
  // Who goes on before the people are counted goes on as soon as they are.
  useEffect(() => {
    if (!asked || !counted || total === undefined) return;
    setAsked(false);
    if (total > 0) done(total);
    else setProblems([{ field: 'chapterId', message: t(starting.needPeople) }]);
  }, [asked, counted, total, done]);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack>
        <ErrorSummary problems={problems} />
        <Title order={2} size="h4">
          {t(starting.who)}
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NativeSelect
            id="chapterId"
            label={t(starting.within)}
            description={t(starting.withinHint)}
            value={segment.chapterId}
            error={problemAt(problems, 'chapterId')}
            onChange={(event) => change({ chapterId: event.currentTarget.value })}
            data={[
              { value: '', label: t(starting.choose) },
              ...(chapters.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <TextInput
            label={t(starting.tag)}
            value={segment.tag}
            onChange={(event) => change({ tag: event.currentTarget.value })}
            styles={{ root: { alignSelf: 'end' } }}
          />
          <NativeSelect
            label={t(starting.language)}
            value={segment.language}
            onChange={(event) => change({ language: event.currentTarget.value })}
            data={[
              { value: '', label: t(starting.anyLanguage) },
              ...LANGUAGES.map((value) => ({ value, label: names.of(value) ?? value })),
            ]}
          />
          <NativeSelect
            label={t(starting.status)}
            value={segment.status}
            onChange={(event) => change({ status: event.currentTarget.value as Status | '' })}
            data={[
              { value: '', label: t(starting.anyStatus) },
              ...STATUSES.map((value) => ({ value, label: t(members[value]) })),
            ]}
          />
        </SimpleGrid>
        {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
        {segment.chapterId !== '' && !found.isError && (
          <Paper withBorder p="md">
            <Text role="status" fw={600} size="lg">
              {found.data !== undefined && t(starting.matching, { count: found.data.totalCount })}
            </Text>
            {found.data?.totalCount === 0 && <Text>{t(starting.widen)}</Text>}
            {(found.data?.nodes.length ?? 0) > 0 && (
              <>
                <Text c="dimmed">{t(starting.sample)}</Text>
                <List size="sm" listStyleType="disc">
                  {found.data!.nodes.map((member) => (
                    <List.Item key={member.id}>{`${nameOf(member)}, ${member.chapter.name}`}</List.Item>
                  ))}
                </List>
              </>
            )}
          </Paper>
        )}
        <MainAction>
          <Button type="submit" size="md" loading={asked && !found.isError}>
            {t(starting.review)}
          </Button>
        </MainAction>
      </Stack>
    </form>
  );
}
