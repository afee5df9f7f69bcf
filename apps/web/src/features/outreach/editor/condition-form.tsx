import { Button, Group, NativeSelect, Paper, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../app/i18n';
import { useChapters } from '../../chapters/chapters';
import { languageName, LANGUAGES_SPOKEN } from '../../members/languages';
import { members } from '../../members/strings';
import { STATUSES } from '../segment';
import { named, useChoices } from './choices';
import type { Condition } from './definition';
import { editor } from './editor-strings';
import { forms } from './form-strings';
import { Checks } from './checks';
import { statesOf } from './states';

const BLANK = {
  rsvp: { rsvp: ['going'] },
  attendance: { attendance: ['attended'] },
  commitment: { commitment: { states: ['pledged'] } },
  tag: { tag: '' },
  language: { language: ['es'] },
  memberStatus: { memberStatus: ['member'] },
  chapterId: { chapterId: '' },
  replied: { replied: true },
  all: { all: [{ rsvp: ['going'] }, { tag: '' }] },
  any: { any: [{ rsvp: ['going'] }, { tag: '' }] },
  not: { not: { rsvp: ['declined'] } },
} as const satisfies Record<keyof Condition, Condition>;
type Word = keyof typeof BLANK;
const WORDS = Object.keys(BLANK) as Word[];
/** Deeper is not offered: nobody reads it any more. */
const DEEPEST = 3;

interface Props {
  readonly label: string;
  readonly condition: Condition;
  readonly change: (condition: Condition) => void;
  readonly depth?: number;
}

/** Says what must be true of somebody. */
export function ConditionForm({ label, condition, change, depth = 1 }: Props): ReactNode {
  const word = WORDS.find((one) => one in condition) ?? 'rsvp';
  const offered = depth < DEEPEST ? WORDS : WORDS.filter((one) => !['all', 'any', 'not'].includes(one));
  return (
    <Stack gap="xs" role="group" aria-label={label}>
      <NativeSelect
        label={label}
        value={word}
        onChange={(event) => change(BLANK[event.currentTarget.value as Word])}
        data={(offered.includes(word) ? offered : [word, ...offered]).map((value) => ({
          value,
          label: t(forms[`is_${value}`]),
        }))}
      />
      <Value word={word} condition={condition} change={change} depth={depth} />
    </Stack>
  );
}

function Value({
  word,
  condition,
  change,
  depth,
}: Omit<Props, 'label'> & { word: Word; depth: number }): ReactNode {
  const label = t(forms[`is_${word}`]);
  const chapters = useChapters();
  const choices = useChoices();
  switch (word) {
    case 'rsvp':
    case 'attendance':
      return (
        <Checks
          label={label}
          all={statesOf(word)}
          chosen={condition[word] ?? []}
          choose={(chosen) => change({ [word]: chosen })}
        />
      );
    case 'commitment': {
      const { campaignId, states = [] } = condition.commitment ?? {};
      const commitment = (part: object): void =>
        change({ commitment: { states, ...(campaignId === undefined ? {} : { campaignId }), ...part } });
      return (
        <>
          <Checks
            label={label}
            all={statesOf('commitment')}
            chosen={states}
            choose={(chosen) => commitment({ states: chosen })}
          />
          <NativeSelect
            label={t(editor.campaign)}
            value={campaignId === undefined ? '' : named('Campaign', campaignId)}
            onChange={(event) =>
              change({
                commitment: {
                  states,
                  ...(event.currentTarget.value === '' ? {} : { campaignId: event.currentTarget.value }),
                },
              })
            }
            data={[
              { value: '', label: t(editor.anyCampaign) },
              ...(choices.data?.campaigns.nodes ?? []).map(({ id, title }) => ({ value: id, label: title })),
            ]}
          />
        </>
      );
    }
    case 'tag':
      return (
        <TextInput
          aria-label={label}
          value={condition.tag ?? ''}
          onChange={(event) => change({ tag: event.currentTarget.value })}
        />
      );
    case 'language':
      return (
        <Checks
          label={label}
          all={LANGUAGES_SPOKEN.map((value) => ({ value, label: languageName(value) }))}
          chosen={condition.language ?? []}
          choose={(chosen) => change({ language: chosen })}
        />
      );
    case 'memberStatus':
      return (
        <Checks
          label={label}
          all={STATUSES.map((value) => ({ value: value.toLowerCase(), label: t(members[value]) }))}
          chosen={condition.memberStatus ?? []}
          choose={(chosen) => change({ memberStatus: chosen })}
        />
      );
    case 'chapterId':
      return (
        <NativeSelect
          aria-label={label}
          value={
            condition.chapterId === undefined || condition.chapterId === ''
              ? ''
              : named('Chapter', condition.chapterId)
          }
          onChange={(event) => change({ chapterId: event.currentTarget.value })}
          data={[
            { value: '', label: t(editor.choose) },
            ...(chapters.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      );
    case 'replied':
      return null;
    case 'not':
      return (
        <Paper withBorder p="sm">
          <ConditionForm
            label={t(forms.condition)}
            condition={condition.not ?? BLANK.rsvp}
            change={(not) => change({ not })}
            depth={depth + 1}
          />
        </Paper>
      );
    case 'all':
    case 'any':
      return <Several word={word} list={condition[word] ?? []} change={change} depth={depth} />;
  }
}

function Several(props: {
  word: 'all' | 'any';
  list: readonly Condition[];
  change: (condition: Condition) => void;
  depth: number;
}): ReactNode {
  const { word, list, change, depth } = props;
  return (
    <Stack gap="xs">
      {list.map((one, at) => (
        // Conditions have no name of their own; their place is what tells them apart.
        <Paper key={at} withBorder p="sm">
          <ConditionForm
            label={`${t(forms.condition)} ${at + 1}`}
            condition={one}
            change={(changed) => change({ [word]: list.map((other, n) => (n === at ? changed : other)) })}
            depth={depth + 1}
          />
          {list.length > 1 && (
            <Button
              variant="subtle"
              mih={44}
              aria-label={`${t(editor.remove)}: ${t(forms.condition)} ${at + 1}`}
              onClick={() => change({ [word]: list.filter((_, n) => n !== at) })}
            >
              {t(editor.remove)}
            </Button>
          )}
        </Paper>
      ))}
      <Group>
        <Button variant="default" mih={44} onClick={() => change({ [word]: [...list, BLANK.rsvp] })}>
          {t(forms.addCondition)}
        </Button>
      </Group>
    </Stack>
  );
}
