import { Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { moment, t } from '../../../app/i18n';
import { named, useChoices } from './choices';
import { omit, type TriggerDraft } from './definition';
import { editor } from './editor-strings';
import { Checks } from './checks';
import { statesOf } from './states';

const BLANK = {
  hand: {},
  joined: {},
  moved: {},
  segment: {},
  rsvp: { states: ['going'] },
  attendance: { states: ['no_show'] },
  commitment: { states: ['pledged'] },
  commitment_due: { daysBefore: 1 },
  tag: { tag: '' },
  date: { at: '' },
} as const;
type On = keyof typeof BLANK;
const ONS = Object.keys(BLANK) as On[];

/** An instant as the field of a browser takes it, in the zone of the browser. */
const local = (at: string | undefined): string => {
  if (at === undefined || at === '') return '';
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/** What lets people in. */
export function TriggerForm(props: {
  trigger: TriggerDraft;
  change: (trigger: TriggerDraft) => void;
  error: string | undefined;
}): ReactNode {
  const { trigger, change, error } = props;
  const choices = useChoices();
  const { on, states } = trigger;
  return (
    <Stack gap="sm">
      <NativeSelect
        id="trigger"
        label={t(editor.trigger)}
        value={on}
        error={error}
        onChange={(event) => {
          const chosen = event.currentTarget.value as On;
          change({ on: chosen, ...BLANK[chosen] });
        }}
        data={(ONS.includes(on as On) ? ONS : [...ONS, on as On]).map((value) => ({
          value,
          label: t(editor[`on_${value}`]),
        }))}
      />
      {(on === 'rsvp' || on === 'attendance' || on === 'commitment') && (
        <Checks
          label={t(editor.states)}
          all={statesOf(on).filter(({ value }) => value !== 'none')}
          chosen={states ?? []}
          choose={(chosen) => change({ ...trigger, states: chosen })}
        />
      )}
      {on === 'commitment_due' && (
        <Group>
          <TextInput
            id="trigger.daysBefore"
            type="number"
            min={0}
            max={366}
            label={t(editor.daysBefore)}
            value={String(trigger.daysBefore ?? 1)}
            onChange={(event) => change({ ...trigger, daysBefore: Number(event.currentTarget.value) })}
          />
        </Group>
      )}
      {(on === 'commitment' || on === 'commitment_due') && (
        <NativeSelect
          label={t(editor.campaign)}
          value={trigger.campaignId === undefined ? '' : named('Campaign', trigger.campaignId)}
          onChange={(event) => {
            const rest = omit(trigger, 'campaignId');
            const campaignId = event.currentTarget.value;
            change(campaignId === '' ? rest : { ...rest, campaignId });
          }}
          data={[
            { value: '', label: t(editor.anyCampaign) },
            ...(choices.data?.campaigns.nodes ?? []).map(({ id, title }) => ({ value: id, label: title })),
          ]}
        />
      )}
      {on === 'tag' && (
        <TextInput
          id="trigger.tag"
          label={t(editor.tag)}
          maxLength={60}
          value={trigger.tag ?? ''}
          onChange={(event) => change({ ...trigger, tag: event.currentTarget.value })}
        />
      )}
      {on === 'date' && (
        <TextInput
          id="trigger.at"
          type="datetime-local"
          label={t(editor.when)}
          description={trigger.at === undefined || trigger.at === '' ? undefined : moment(trigger.at)}
          value={local(trigger.at)}
          onChange={(event) => {
            const at = event.currentTarget.value;
            change({ ...trigger, at: at === '' ? '' : new Date(at).toISOString() });
          }}
        />
      )}
    </Stack>
  );
}
