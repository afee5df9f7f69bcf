import { Button, Stack, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { queries } from '../../../app/app';
import { ask } from '../../../app/ask';
import type { FieldProblem } from '../../../app/error-summary';
import { t } from '../../../app/i18n';
import { MainAction } from '../../../app/main-action';
import { say } from '../../../app/say';
import { useDraft } from '../../../app/use-draft';
import { useScope } from '../../../console/scope';
import { graphql } from '../../../graphql';
import { editor } from './editor-strings';
import { Recipes } from './recipes';
import { blankForm, refusals, settingsOf, type SequenceForm } from './sequence-form';
import { titleOf } from './step-list';
import { starting } from '../start-strings';
import { Writing } from './writing';

const CREATE = graphql(`
  mutation CreateSequence($input: CreateSequenceInput!) {
    createSequence(input: $input) {
      id
    }
  }
`);

/** Writes a new sequence; saved, it is a draft, and nothing starts. */
export function NewSequence(): ReactNode {
  const [scope] = useScope();
  const navigate = useNavigate();
  const [form, change, forget] = useDraft<SequenceForm & { nonce: string }>('sequence', {
    ...blankForm(scope),
    nonce: crypto.randomUUID(),
  });
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const creating = useMutation({
    mutationFn: () => {
      const { nonce, purpose, gatheringId } = form;
      const input = { ...settingsOf(form), purpose, gatheringId: gatheringId === '' ? null : gatheringId };
      return ask(CREATE, { input: { ...input, idempotencyKey: nonce } });
    },
    onSuccess: async ({ createSequence: { id } }) => {
      forget();
      say(t(editor.saved));
      await queries.invalidateQueries({ queryKey: ['sequences'] });
      await navigate({ to: '/sequences/$id/edit', params: { id } });
    },
    onError: (error) => setProblems(refusals(error, (at) => titleOf(form.steps[at]!))),
  });
  const send = (): void => {
    const found: FieldProblem[] = [];
    if (form.title.trim() === '') found.push({ field: 'title', message: t(editor.title) });
    if (form.segment.chapterId === '')
      found.push({ field: 'segment.chapterId', message: t(starting.needChapter) });
    setProblems(found);
    if (found.length === 0) creating.mutate();
  };
  return (
    <Stack maw={960}>
      <Title order={1} size="h2">
        {t(editor.newTitle)}
      </Title>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Recipes begin={(part) => change({ ...part, nonce: crypto.randomUUID() })} />
        <Writing
          form={form}
          // What was changed since is another sequence, with a key of its own.
          change={(part) => change({ ...part, nonce: crypto.randomUUID() })}
          problems={problems}
          isNew
        >
          <MainAction>
            <Button type="submit" size="md" loading={creating.isPending}>
              {t(editor.save)}
            </Button>
          </MainAction>
        </Writing>
      </form>
    </Stack>
  );
}
