import { Group, NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../app/i18n';
import { editor } from './editor-strings';
import { forms } from './form-strings';

const UNITS = { minutes: 1, hours: 60, days: 1_440 } as const;
type Unit = keyof typeof UNITS;

const unitOf = (minutes: number): Unit =>
  minutes % UNITS.days === 0 ? 'days' : minutes % UNITS.hours === 0 ? 'hours' : 'minutes';

/** A time in minutes, said in the largest unit that says it whole. */
export function Duration(props: {
  id: string;
  label: string;
  minutes: number;
  change: (minutes: number) => void;
}): ReactNode {
  const { id, label, minutes, change } = props;
  const unit = unitOf(minutes);
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        id={id}
        type="number"
        min={0}
        label={label}
        value={String(minutes / UNITS[unit])}
        onChange={(event) => change(Math.max(0, Math.round(Number(event.currentTarget.value))) * UNITS[unit])}
      />
      <NativeSelect
        aria-label={`${label}, ${t(forms.unit)}`}
        value={unit}
        onChange={(event) => change((minutes / UNITS[unit]) * UNITS[event.currentTarget.value as Unit])}
        data={(Object.keys(UNITS) as Unit[]).map((value) => ({ value, label: t(forms[value]) }))}
      />
    </Group>
  );
}

/** Where a way leads: a later step. @param next what it means when none is said; not offered without it. */
export function Target(props: {
  id: string;
  label: string;
  to: string | undefined;
  later: readonly { readonly key: string; readonly name: string }[];
  next?: string;
  change: (to: string | undefined) => void;
}): ReactNode {
  const { id, label, to, later, next, change } = props;
  return (
    <NativeSelect
      id={id}
      label={label}
      value={to ?? ''}
      onChange={(event) => change(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      data={[
        ...(next === undefined && later.some(({ key }) => key === to)
          ? []
          : [{ value: '', label: next ?? t(editor.choose) }]),
        ...later.map(({ key, name }) => ({ value: key, label: name })),
      ]}
    />
  );
}
