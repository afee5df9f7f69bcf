import { Button, NativeSelect, SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorSummary, problemAt, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { MainAction } from '../../app/main-action';
import { useChapters } from '../chapters/chapters';
import { agenda } from './agenda-strings';
import { ClockChoice } from './clock-change';
import type { ClockChange, GatheringDraft } from './gathering-draft';
import { PlacesFields } from './places-fields';

const ZONES = Intl.supportedValuesOf('timeZone');

export interface GatheringFormProps {
  readonly draft: GatheringDraft;
  readonly change: (part: Partial<GatheringDraft>) => void;
  readonly problems: readonly FieldProblem[];
  readonly clock: ClockChange | undefined;
  readonly send: () => void;
  readonly sending: boolean;
  readonly action: string;
  /** A gathering that exists stays in its chapter. */
  readonly fixedChapter?: boolean;
  /** What stands below date and time: how it repeats, or which dates are meant. */
  readonly children?: ReactNode;
}

/** The facts of a gathering, to be typed; times as the clock on the wall of its place shows them. */
export function GatheringForm(props: GatheringFormProps): ReactNode {
  const { draft, change, problems, clock, send, sending, action, fixedChapter = false, children } = props;
  const chapters = useChapters();
  const zones = ZONES.includes(draft.timeZone) ? ZONES : [draft.timeZone, ...ZONES];
  const input = (name: Exclude<keyof GatheringDraft, 'listed'>) => ({
    id: name,
    value: draft[name],
    error: problemAt(problems, name),
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  const timed = (name: 'date' | 'time' | 'timeZone') => ({
    ...input(name),
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [name]: event.currentTarget.value, offset: '' }),
  });
  const enter = (chapterId: string): void => {
    const timeZone = chapters.data?.find(({ id }) => id === chapterId)?.timeZone;
    change({ chapterId, ...(timeZone === undefined ? {} : { timeZone, offset: '' }) });
  };
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
        {!fixedChapter && (
          <NativeSelect
            {...input('chapterId')}
            label={t(agenda.chapter)}
            onChange={(event) => enter(event.currentTarget.value)}
            data={[
              { value: '', label: t(agenda.choose) },
              ...(chapters.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        <TextInput {...input('title')} label={t(agenda.name)} maxLength={200} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput {...timed('date')} type="date" label={t(agenda.date)} />
          <TextInput {...timed('time')} type="time" label={t(agenda.time)} />
        </SimpleGrid>
        {children}
        {clock !== undefined && <ClockChoice change={clock} offset={draft.offset} choose={change} />}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NativeSelect {...timed('timeZone')} label={t(agenda.zone)} data={zones} />
          <TextInput {...input('minutes')} inputMode="numeric" label={t(agenda.minutes)} />
        </SimpleGrid>
        <TextInput {...input('place')} label={t(agenda.place)} maxLength={500} autoComplete="off" />
        <TextInput
          {...input('onlineUrl')}
          type="url"
          label={t(agenda.online)}
          description={t(agenda.onlineHint)}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput {...input('capacity')} inputMode="numeric" label={t(agenda.capacity)} />
          <TextInput {...input('language')} label={t(agenda.language)} autoCapitalize="none" />
        </SimpleGrid>
        <PlacesFields draft={draft} change={change} />
        <Textarea
          {...input('description')}
          label={t(agenda.description)}
          autosize
          minRows={4}
          maxLength={10_000}
        />
        {draft.admission !== 'INVITATION' && (
          <Switch
            size="md"
            label={t(agenda.listed)}
            description={t(agenda.listedHint)}
            checked={draft.listed}
            onChange={(event) => change({ listed: event.currentTarget.checked })}
          />
        )}
        <MainAction>
          <Button type="submit" size="md" loading={sending}>
            {action}
          </Button>
        </MainAction>
      </Stack>
    </form>
  );
}
