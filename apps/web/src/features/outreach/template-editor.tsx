import { Button, Group, NativeSelect, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { ErrorSummary, problemAt, type FieldProblem } from '../../app/error-summary';
import { i18n, t } from '../../app/i18n';
import { MainAction } from '../../app/main-action';
import { say } from '../../app/say';
import type { TemplateDraft } from './template-draft';
import { textProblems } from './template-problems';
import { template } from './template-strings';
import { SAVE, type Template, type Variable } from './templates-query';

/** Writes the text of one language. */
export function TemplateEditor(props: {
  one: Template;
  language: string;
  variables: readonly Variable[];
  draft: TemplateDraft;
}): ReactNode {
  const { one, language, variables, draft } = props;
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const body = useRef<HTMLTextAreaElement>(null);
  const saving = useMutation({
    mutationFn: () =>
      ask(SAVE, {
        input: {
          templateId: one.id,
          language,
          subject: draft.subject,
          body: draft.body,
          revision: draft.revision,
        },
      }),
    onSuccess: async () => {
      setProblems([]);
      await queries.invalidateQueries({ queryKey: ['templates'] });
      draft.undo();
      say(t(template.saved));
    },
    onError: (error) => setProblems(textProblems(error)),
  });
  /** Puts it where the cursor is, and the cursor behind it. */
  const insert = (name: string): void => {
    const { selectionStart: from, selectionEnd: to } = body.current!;
    const word = `{{${name}}}`;
    draft.type({ body: draft.body.slice(0, from) + word + draft.body.slice(to) });
    requestAnimationFrame(() => {
      body.current?.focus();
      body.current?.setSelectionRange(from + word.length, from + word.length);
    });
  };
  return (
    <form
      noValidate
      aria-label={t(template.writing)}
      lang={i18n.locale}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <Stack>
        <Title order={2} size="h4">
          {t(template.writing)}
        </Title>
        <ErrorSummary problems={problems} />
        {one.channel === 'EMAIL' && (
          <TextInput
            id="subject"
            label={t(template.subject)}
            lang={language}
            maxLength={200}
            value={draft.subject}
            error={problemAt(problems, 'subject')}
            onChange={(event) => draft.type({ subject: event.currentTarget.value })}
          />
        )}
        <Textarea
          id="body"
          ref={body}
          label={t(template.body)}
          description={t(template.bodyHint)}
          lang={language}
          autosize
          minRows={8}
          maxRows={24}
          value={draft.body}
          error={problemAt(problems, 'body')}
          onChange={(event) => draft.type({ body: event.currentTarget.value })}
        />
        <InsertVariable variables={variables} insert={insert} />
        <MainAction>
          <Button type="submit" mih={44} loading={saving.isPending}>
            {t(template.save)}
          </Button>
          {draft.changed && (
            <Button variant="default" mih={44} onClick={draft.undo}>
              {t(template.undo)}
            </Button>
          )}
        </MainAction>
      </Stack>
    </form>
  );
}

function InsertVariable(props: {
  variables: readonly Variable[];
  insert: (name: string) => void;
}): ReactNode {
  const { variables, insert } = props;
  const [name, setName] = useState('name');
  const label = ({ needsGathering, en, es }: Variable): string => {
    const words = i18n.locale === 'es' ? es : en;
    return needsGathering ? t(template.ofGathering, { words }) : words;
  };
  return (
    <Group align="flex-end" wrap="nowrap" gap="xs">
      <NativeSelect
        flex={1}
        miw={0}
        label={t(template.variable)}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data={variables.map((one) => ({ value: one.name, label: label(one) }))}
        styles={{ input: { minHeight: 44 } }}
      />
      <Button variant="default" mih={44} onClick={() => insert(name)}>
        {t(template.insert)}
      </Button>
    </Group>
  );
}
