import { Checkbox, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask, Refusal } from '../../app/ask';
import { problemAt, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { reasonOf } from '../../app/outcome';
import { graphql } from '../../graphql';
import { readLocal } from './clock-change';
import type { GatheringDraft } from './gathering-draft';
import { planning } from './planning-strings';
import { goodTimes, REPEATS, seriesOf, type Repeat, type RepeatDraft } from './repeats';

const DATES = graphql(`
  query SeriesDates($input: SeriesDatesInput!) {
    seriesDates(input: $input) {
      local
    }
  }
`);

/** How a gathering repeats, and on which dates: asked of the API as it is chosen, so that nobody is surprised. */
export function RepeatFields(props: {
  draft: GatheringDraft;
  repeat: RepeatDraft;
  change: (part: Partial<RepeatDraft>) => void;
  problems: readonly FieldProblem[];
}): ReactNode {
  const { draft, repeat, change, problems } = props;
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          id="repeat"
          label={t(planning.repeats)}
          value={repeat.repeat}
          onChange={(event) => change({ repeat: event.currentTarget.value as Repeat | '', except: [] })}
          data={[
            { value: '', label: t(planning.once) },
            ...REPEATS.map((value) => ({ value, label: t(planning[value]) })),
          ]}
        />
        {repeat.repeat !== '' && (
          <TextInput
            id="times"
            inputMode="numeric"
            label={t(planning.times)}
            value={repeat.times}
            error={problemAt(problems, 'times')}
            onChange={(event) => change({ times: event.currentTarget.value, except: [] })}
          />
        )}
      </SimpleGrid>
      {repeat.repeat !== '' && draft.date !== '' && draft.time !== '' && goodTimes(repeat.times) && (
        <Dates {...props} />
      )}
    </Stack>
  );
}

function Dates({ draft, repeat, change }: Parameters<typeof RepeatFields>[0]): ReactNode {
  const { exceptDates, ...whole } = seriesOf(draft, repeat);
  const found = useQuery({
    queryKey: ['series-dates', whole],
    queryFn: async ({ signal }) => (await ask(DATES, { input: whole }, { signal })).seriesDates,
    retry: false,
  });
  const code = found.error instanceof Refusal ? found.error.code : undefined;
  const day = (found.error instanceof Refusal ? found.error.problems[0]?.details : undefined) as
    { date?: string } | undefined;
  const out = new Set(exceptDates);
  return (
    <>
      {(code === 'SERIES.TIME_SKIPPED' || repeat.atGap !== '') && (
        <NativeSelect
          id="atGap"
          label={t(planning.atGap)}
          value={repeat.atGap}
          onChange={(event) => change({ atGap: event.currentTarget.value as RepeatDraft['atGap'] })}
          data={['', 'NEXT_VALID', 'LEAVE_OUT'].map((value) => ({
            value,
            label: value === '' ? '' : t(planning[value as 'LEAVE_OUT']),
          }))}
        />
      )}
      {(code === 'SERIES.TIME_TWICE' || repeat.atOverlap !== '') && (
        <NativeSelect
          id="atOverlap"
          label={t(planning.atOverlap)}
          value={repeat.atOverlap}
          onChange={(event) => change({ atOverlap: event.currentTarget.value as RepeatDraft['atOverlap'] })}
          data={['', 'EARLIER', 'LATER'].map((value) => ({
            value,
            label: value === '' ? '' : t(planning[value as 'LATER']),
          }))}
        />
      )}
      {found.isError && (
        <Text role="alert" c="var(--mantine-color-error)">
          {[
            reasonOf(found.error),
            ...(day?.date === undefined ? [] : [readLocal(`${day.date}T${draft.time}`)]),
          ].join(' ')}
        </Text>
      )}
      {found.data !== undefined && (
        <Checkbox.Group
          label={t(planning.dates)}
          description={t(planning.datesHint)}
          value={found.data.map(({ local }) => local.slice(0, 10)).filter((date) => !out.has(date))}
          onChange={(kept) =>
            change({
              except: found.data
                .map(({ local }) => local.slice(0, 10))
                .filter((date) => !kept.includes(date)),
            })
          }
        >
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs" mah={320} style={{ overflowY: 'auto' }}>
            {found.data.map(({ local }) => (
              <Checkbox key={local} value={local.slice(0, 10)} label={readLocal(local)} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      )}
    </>
  );
}
