import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { ErrorSummary, problemAt, problemsOf, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { languageName } from '../members/languages';
import { CREATE_THEME, useThemeCounts, useThemes, type Theme, type ThemeCount } from './listening-query';
import { MergeTheme } from './merge-theme';
import { SplitTheme } from './split-theme';
import { listening } from './strings';

/** The themes of a chapter and how many spoke of each. */
export function Themes({ chapterId }: { chapterId: string }): ReactNode {
  const themes = useThemes(chapterId);
  const counts = useThemeCounts(chapterId);
  const [merging, setMerging] = useState<Theme>();
  const [splitting, setSplitting] = useState<Theme>();
  if (themes.isPending || counts.isPending) return <Waiting />;
  if (themes.isError) return <Failed error={themes.error} retry={() => void themes.refetch()} />;
  if (counts.isError) return <Failed error={counts.error} retry={() => void counts.refetch()} />;
  const countOf = (id: string): ThemeCount | undefined => counts.data.find(({ themeId }) => themeId === id);
  return (
    <Stack>
      <NewTheme chapterId={chapterId} />
      <Text>{t(listening.themesHint)}</Text>
      {themes.data.length === 0 && <Empty>{t(listening.noThemes)}</Empty>}
      {themes.data.map((one) => (
        <Paper key={one.id} withBorder p="md" component="article">
          <Group justify="space-between" align="flex-start">
            <div>
              <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                {one.name}
              </Text>
              <Heard count={countOf(one.id)} />
            </div>
            <Group gap="xs">
              <Button
                variant="default"
                mih={44}
                aria-label={t(listening.mergeNamed, { name: one.name })}
                onClick={() => setMerging(one)}
              >
                {t(listening.merge)}
              </Button>
              <Button
                variant="default"
                mih={44}
                aria-label={t(listening.splitNamed, { name: one.name })}
                onClick={() => setSplitting(one)}
              >
                {t(listening.split)}
              </Button>
            </Group>
          </Group>
        </Paper>
      ))}
      <SplitTheme theme={splitting} close={() => setSplitting(undefined)} />
      <MergeTheme themes={themes.data} theme={merging} close={() => setMerging(undefined)} />
    </Stack>
  );
}

function Heard({ count }: { count: ThemeCount | undefined }): ReactNode {
  if (count === undefined) return <Text c="dimmed">{t(listening.noPeople)}</Text>;
  if (count.persons === null) return <Text c="dimmed">{t(listening.fewPeople)}</Text>;
  const trend = count.trend === null ? [] : [t(listening[count.trend.toLowerCase() as 'rising'])];
  const spoken = count.byLanguage.flatMap(({ name, persons }) =>
    persons === null ? [] : [`${languageName(name)} ${persons}`],
  );
  return (
    <>
      <Text>{[t(listening.people, { count: count.persons }), ...trend].join(' · ')}</Text>
      {spoken.length > 0 && (
        <Text size="sm" c="dimmed">
          {t(listening.languages, { list: spoken.join(', ') })}
        </Text>
      )}
    </>
  );
}

function NewTheme({ chapterId }: { chapterId: string }): ReactNode {
  const [name, setName] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const creating = useMutation({
    mutationFn: () => ask(CREATE_THEME, { input: { chapterId, name } }),
    onSuccess: async () => {
      setName('');
      await queries.invalidateQueries({ queryKey: ['listening'] });
    },
    onError: (error) => setProblems(problemsOf(error, () => 'theme-name')),
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const missing = name.trim() === '';
        setProblems(missing ? [{ field: 'theme-name', message: t(listening.needName) }] : []);
        if (!missing) creating.mutate();
      }}
    >
      <Stack gap="xs">
        <ErrorSummary problems={problems} />
        <Group align="flex-end">
          <TextInput
            id="theme-name"
            flex={1}
            miw={0}
            label={t(listening.newTheme)}
            maxLength={120}
            value={name}
            error={problemAt(problems, 'theme-name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" mih={44} loading={creating.isPending}>
            {t(listening.add)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
