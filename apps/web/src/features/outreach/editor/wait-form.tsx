import { Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { i18n, t } from '../../../app/i18n';
import { ConditionForm } from './condition-form';
import { omit, type WaitDraft } from './definition';
import { forms } from './form-strings';
import { Checks } from './checks';
import { Duration, Target } from './parts';
import type { StepFormProps } from './step-form';

const WAYS = ['waitFor', 'waitUntil', 'waitAround', 'waitEvent'] as const;
type Way = (typeof WAYS)[number];

const BLANK: Readonly<Record<Way, object>> = {
  waitFor: { for: { minutes: 1_440 } },
  waitUntil: { until: { time: '10:00' } },
  waitAround: { anchor: 'start', days: -1, minutes: 0 },
  waitEvent: { event: { rsvp: ['going'] }, timeoutMinutes: 2_880 },
};
const wayOf = (step: WaitDraft): Way =>
  step.for !== undefined
    ? 'waitFor'
    : step.until !== undefined
      ? 'waitUntil'
      : step.event !== undefined
        ? 'waitEvent'
        : 'waitAround';

/** 1 January 2024 was a Monday. */
const weekday = (n: number): string =>
  new Intl.DateTimeFormat(i18n.locale.slice(0, 2), { weekday: 'short', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, n),
  );

/** For how long, or for what, people stand still. */
export function WaitForm({ step, place, later, change }: StepFormProps<WaitDraft>): ReactNode {
  const { key, kind } = step;
  const way = wayOf(step);
  return (
    <Stack gap="sm">
      <NativeSelect
        id={`${place}.way`}
        label={t(forms.how)}
        value={way}
        onChange={(event) => change({ key, kind, ...BLANK[event.currentTarget.value as Way] })}
        data={WAYS.map((value) => ({ value, label: t(forms[value]) }))}
      />
      {step.for !== undefined && (
        <Duration
          id={`${place}.for.minutes`}
          label={t(forms.long)}
          minutes={step.for.minutes}
          change={(minutes) => change({ ...step, for: { minutes } })}
        />
      )}
      {step.until !== undefined && (
        <>
          <TextInput
            id={`${place}.until.time`}
            type="time"
            label={t(forms.time)}
            value={step.until.time}
            onChange={(event) =>
              change({ ...step, until: { ...step.until, time: event.currentTarget.value } })
            }
          />
          <Checks
            label={t(forms.weekdays)}
            all={[1, 2, 3, 4, 5, 6, 7].map((n) => ({ value: String(n), label: weekday(n) }))}
            chosen={(step.until.weekdays ?? []).map(String)}
            choose={(chosen) =>
              change({
                ...step,
                until: {
                  time: step.until!.time,
                  ...(chosen.length === 0 ? {} : { weekdays: chosen.map(Number).sort() }),
                },
              })
            }
          />
        </>
      )}
      {way === 'waitAround' && <AroundFields step={step} place={place} change={change} />}
      {step.event !== undefined && (
        <>
          <ConditionForm
            label={t(forms.waitEvent)}
            condition={step.event}
            change={(event) => change({ ...step, event })}
          />
          <Duration
            id={`${place}.timeoutMinutes`}
            label={t(forms.timeout)}
            minutes={step.timeoutMinutes ?? 0}
            change={(timeoutMinutes) => change({ ...step, timeoutMinutes })}
          />
          <Target
            id={`${place}.onTimeout`}
            label={t(forms.onTimeout)}
            to={step.onTimeout}
            later={later}
            next={t(forms.next)}
            change={(to) => {
              const rest = omit(step, 'onTimeout');
              change(to === undefined ? rest : { ...rest, onTimeout: to });
            }}
          />
        </>
      )}
    </Stack>
  );
}

/** Whole days go by the calendar of the gathering's place, so that a clock change does not shift the hour. */
function AroundFields(props: {
  step: WaitDraft;
  place: string;
  change: (step: WaitDraft) => void;
}): ReactNode {
  const { step, place, change } = props;
  const total = (step.days ?? 0) * 1_440 + (step.minutes ?? 0);
  const side = total < 0 ? 'before' : 'after';
  const set = (minutes: number, sign: 1 | -1): void => {
    const rest = omit(step, 'days');
    if (minutes > 0 && minutes % 1_440 === 0)
      return change({ ...rest, days: (sign * minutes) / 1_440, minutes: 0 });
    change({ ...rest, minutes: sign * minutes });
  };
  return (
    <Group align="flex-end">
      <Duration
        id={`${place}.minutes`}
        label={t(forms.long)}
        minutes={Math.abs(total)}
        change={(minutes) => set(minutes, side === 'before' ? -1 : 1)}
      />
      <NativeSelect
        label={t(forms.side)}
        value={side}
        onChange={(event) => set(Math.abs(total) || 1_440, event.currentTarget.value === 'before' ? -1 : 1)}
        data={(['before', 'after'] as const).map((value) => ({ value, label: t(forms[value]) }))}
      />
      <NativeSelect
        label={t(forms.anchor)}
        value={step.anchor ?? 'start'}
        onChange={(event) => change({ ...step, anchor: event.currentTarget.value as 'start' | 'end' })}
        data={(['start', 'end'] as const).map((value) => ({ value, label: t(forms[`anchor_${value}`]) }))}
      />
    </Group>
  );
}
