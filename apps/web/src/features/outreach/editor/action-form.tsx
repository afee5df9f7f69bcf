import { NativeSelect, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { moment, t } from '../../../app/i18n';
import { named, useChoices } from './choices';
import { omit, type ActionDraft } from './definition';
import { editor } from './editor-strings';
import { forms } from './form-strings';
import { Target } from './parts';
import type { StepFormProps } from './step-form';

type Field = 'tag' | 'title' | 'gatheringId' | 'campaignId' | 'endpointId';

/** What can be done, and the words that each needs. */
const ACTIONS = {
  tag: ['tag'],
  untag: ['tag'],
  task: ['title'],
  invite: ['gatheringId'],
  offer_training: [],
  ask_commitment: ['campaignId'],
  webhook: ['endpointId'],
} as const satisfies Readonly<Record<string, readonly Field[]>>;
type Do = keyof typeof ACTIONS;

/** What is done with or for whoever comes to the step. */
export function ActionForm({ step, place, later, change, errorAt }: StepFormProps<ActionDraft>): ReactNode {
  const { key, kind } = step;
  const fields: readonly Field[] = step.do in ACTIONS ? ACTIONS[step.do as Do] : [];
  const set = (word: Field, value: string): void => change({ ...step, [word]: value });
  return (
    <Stack gap="sm">
      <NativeSelect
        id={`${place}.do`}
        label={t(forms.do)}
        value={step.do}
        onChange={(event) => {
          const chosen = event.currentTarget.value as Do;
          change({ key, kind, do: chosen, ...Object.fromEntries(ACTIONS[chosen].map((word) => [word, ''])) });
        }}
        data={(Object.keys(ACTIONS) as Do[]).map((value) => ({ value, label: t(forms[`do_${value}`]) }))}
      />
      {fields.map((word) => (
        <ActionField
          key={word}
          id={`${place}.${word}`}
          word={word}
          value={typeof step[word] === 'string' ? step[word] : ''}
          error={errorAt(word)}
          set={(value) => set(word, value)}
        />
      ))}
      {step.do === 'offer_training' && (
        <Target
          id={`${place}.otherwise`}
          label={t(forms.otherwise)}
          to={step.otherwise}
          later={later}
          next={t(forms.next)}
          change={(to) => {
            const rest = omit(step, 'otherwise');
            change((to === undefined ? rest : { ...rest, otherwise: to }) as ActionDraft);
          }}
        />
      )}
    </Stack>
  );
}

function ActionField(props: {
  id: string;
  word: Field;
  value: string;
  error: string | undefined;
  set: (value: string) => void;
}): ReactNode {
  const { id, word, value, error, set } = props;
  const choices = useChoices();
  const label = t(forms[`field_${word}`]);
  if (word === 'tag' || word === 'title')
    return (
      <TextInput
        id={id}
        label={label}
        maxLength={word === 'tag' ? 100 : 200}
        value={value}
        error={error}
        onChange={(event) => set(event.currentTarget.value)}
      />
    );
  const { kind, all } = {
    gatheringId: {
      kind: 'Gathering',
      all: choices.data?.gatherings.nodes.map((one) => ({
        value: one.id,
        label: `${one.title}, ${moment(one.startsAt, one.timeZone)}`,
      })),
    },
    campaignId: {
      kind: 'Campaign',
      all: choices.data?.campaigns.nodes.map((one) => ({ value: one.id, label: one.title })),
    },
    endpointId: {
      kind: 'WebhookEndpoint',
      all: choices.data?.webhookEndpoints.nodes.map((one) => ({ value: one.id, label: one.name })),
    },
  }[word];
  return (
    <NativeSelect
      id={id}
      label={label}
      value={value === '' ? '' : named(kind, value)}
      error={error}
      onChange={(event) => set(event.currentTarget.value)}
      data={[{ value: '', label: t(editor.choose) }, ...(all ?? [])]}
    />
  );
}
