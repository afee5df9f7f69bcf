import { NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../../../app/ask';
import { i18n, t } from '../../../app/i18n';
import { graphql } from '../../../graphql';
import type { Condition, StepDraft, TriggerDraft } from './definition';
import { editor } from './editor-strings';
import { blankForm, PURPOSES, type SequenceForm } from './sequence-form';

const RECIPES = graphql(`
  query SequenceRecipes {
    sequenceRecipes {
      key
      title
      about
      purpose
      trigger
      reentry
      goal
      steps
    }
  }
`);

/** In the language of the screen. */
const spoken = (words: unknown): string => {
  const { en, es } = words as { en: string; es: string };
  return i18n.locale.startsWith('es') ? es : en;
};

/** What a new sequence begins with: nothing, or one that is ready. */
export function Recipes(props: { begin: (part: Partial<SequenceForm>) => void }): ReactNode {
  const [chosen, setChosen] = useState('');
  const found = useQuery({
    queryKey: ['sequence recipes'],
    staleTime: Infinity,
    queryFn: async ({ signal }) => (await ask(RECIPES, {}, { signal })).sequenceRecipes,
  });
  const recipe = found.data?.find(({ key }) => key === chosen);
  const choose = (key: string): void => {
    setChosen(key);
    const one = found.data?.find((each) => each.key === key);
    if (one === undefined) {
      const { trigger, reentry, goal, steps } = blankForm('');
      return props.begin({ trigger, reentry, goal, steps });
    }
    props.begin({
      title: spoken(one.title),
      purpose: PURPOSES.find((purpose) => purpose === one.purpose) ?? 'EVENTS',
      trigger: one.trigger as TriggerDraft,
      reentry: one.reentry,
      goal: one.goal as Condition | null,
      steps: one.steps as StepDraft[],
    });
  };
  return (
    <>
      <NativeSelect
        label={t(editor.beginWith)}
        value={chosen}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          { value: '', label: t(editor.blank) },
          ...(found.data ?? []).map(({ key, title }) => ({ value: key, label: spoken(title) })),
        ]}
      />
      {recipe !== undefined && <Text c="dimmed">{spoken(recipe.about)}</Text>}
    </>
  );
}
