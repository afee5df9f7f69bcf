import { Checkbox, NativeSelect, Paper, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { lazy, Suspense, type ReactNode } from 'react';
import { problemAt, type FieldProblem } from '../../../app/error-summary';
import { moment, t } from '../../../app/i18n';
import { Waiting } from '../../../app/outcome';
import { useChapters } from '../../chapters/chapters';
import { languageName, LANGUAGES_SPOKEN } from '../../members/languages';
import { members } from '../../members/strings';
import { STATUSES, useSegment, type Segment, type Status } from '../segment';
import { starting } from '../start-strings';
import { useChoices } from './choices';
import { editor } from './editor-strings';
import { PURPOSES, REENTRIES, type SequenceForm } from './sequence-form';
import { TriggerForm } from './trigger-form';

const ConditionForm = lazy(async () => ({ default: (await import('./condition-form')).ConditionForm }));

interface Props {
  readonly form: SequenceForm;
  readonly change: (part: Partial<SequenceForm>) => void;
  readonly problems: readonly FieldProblem[];
  /** What cannot change once it is made is shown to who makes it. */
  readonly isNew: boolean;
}

/** What a sequence is, whom it is for, how they enter and when they leave. */
export function SettingsForm({ form, change, problems, isNew }: Props): ReactNode {
  const choices = useChoices();
  return (
    <Stack>
      <Paper withBorder p="md" component="section" aria-label={t(editor.about)}>
        <Stack>
          <TextInput
            id="title"
            label={t(editor.title)}
            maxLength={200}
            value={form.title}
            error={problemAt(problems, 'title')}
            onChange={(event) => change({ title: event.currentTarget.value })}
          />
          {isNew && (
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <NativeSelect
                label={t(editor.purpose)}
                value={form.purpose}
                onChange={(event) =>
                  change({ purpose: event.currentTarget.value as SequenceForm['purpose'] })
                }
                data={PURPOSES.map((value) => ({ value, label: t(editor[value]) }))}
              />
              <NativeSelect
                label={t(editor.gathering)}
                value={form.gatheringId}
                onChange={(event) => change({ gatheringId: event.currentTarget.value })}
                data={[
                  { value: '', label: t(editor.noGathering) },
                  ...(choices.data?.gatherings.nodes ?? []).map(({ id, title, startsAt, timeZone }) => ({
                    value: id,
                    label: `${title}, ${moment(startsAt, timeZone)}`,
                  })),
                ]}
              />
            </SimpleGrid>
          )}
        </Stack>
      </Paper>
      <SegmentFields
        segment={form.segment}
        change={(part) => change({ segment: { ...form.segment, ...part } })}
        error={problemAt(problems, 'segment.chapterId')}
      />
      <Paper withBorder p="md" component="section" aria-label={t(editor.begins)}>
        <Stack>
          <Title order={2} size="h4">
            {t(editor.begins)}
          </Title>
          <TriggerForm
            trigger={form.trigger}
            change={(trigger) => change({ trigger })}
            error={problems.find(({ field }) => field?.startsWith('trigger'))?.message}
          />
          <NativeSelect
            label={t(editor.reentry)}
            value={form.reentry}
            onChange={(event) => change({ reentry: event.currentTarget.value as SequenceForm['reentry'] })}
            data={REENTRIES.map((value) => ({ value, label: t(editor[value]) }))}
          />
          <Checkbox
            id="goal"
            label={t(editor.hasGoal)}
            checked={form.goal !== null}
            onChange={(event) => change({ goal: event.currentTarget.checked ? { rsvp: ['going'] } : null })}
          />
          {form.goal !== null && (
            <Suspense fallback={<Waiting rows={1} />}>
              <ConditionForm
                label={t(editor.goal)}
                condition={form.goal}
                change={(goal) => change({ goal })}
              />
            </Suspense>
          )}
        </Stack>
      </Paper>
    </Stack>
  );
}

function SegmentFields(props: {
  segment: Segment;
  change: (part: Partial<Segment>) => void;
  error: string | undefined;
}): ReactNode {
  const { segment, change, error } = props;
  const chapters = useChapters();
  const [settled] = useDebouncedValue(segment, 250);
  const found = useSegment(settled);
  return (
    <Paper withBorder p="md" component="section" aria-label={t(editor.who)}>
      <Stack>
        <Title order={2} size="h4">
          {t(editor.who)}
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NativeSelect
            id="segment.chapterId"
            label={t(editor.chapter)}
            value={segment.chapterId}
            error={error}
            onChange={(event) => change({ chapterId: event.currentTarget.value })}
            data={[
              { value: '', label: t(editor.choose) },
              ...(chapters.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <TextInput
            label={t(editor.tag)}
            value={segment.tag}
            onChange={(event) => change({ tag: event.currentTarget.value })}
          />
          <NativeSelect
            label={t(editor.language)}
            value={segment.language}
            onChange={(event) => change({ language: event.currentTarget.value })}
            data={[
              { value: '', label: t(editor.anyLanguage) },
              ...LANGUAGES_SPOKEN.map((value) => ({ value, label: languageName(value) })),
            ]}
          />
          <NativeSelect
            label={t(editor.status)}
            value={segment.status}
            onChange={(event) => change({ status: event.currentTarget.value as Status | '' })}
            data={[
              { value: '', label: t(editor.anyStatus) },
              ...STATUSES.map((value) => ({ value, label: t(members[value]) })),
            ]}
          />
        </SimpleGrid>
        <Text role="status" fw={600}>
          {found.data === undefined || segment.chapterId === ''
            ? ''
            : t(starting.matching, { count: found.data.totalCount })}
        </Text>
      </Stack>
    </Paper>
  );
}
