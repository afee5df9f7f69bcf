import { Button, NativeSelect, Stack, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { ErrorSummary, problemAt, problemsOf, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { MainAction } from '../../app/main-action';
import { say } from '../../app/say';
import { useDraft } from '../../app/use-draft';
import { useScope } from '../../console/scope';
import { useChapters } from '../chapters/chapters';
import { template } from './template-strings';
import { CREATE } from './templates-query';

const PURPOSES = ['EVENTS', 'CAMPAIGNS', 'ORGANIZING', 'NEWSLETTER'] as const;
const CHANNELS = ['EMAIL', 'SMS'] as const;

interface Draft {
  readonly name: string;
  readonly chapterId: string;
  readonly channel: (typeof CHANNELS)[number];
  readonly purpose: (typeof PURPOSES)[number] | '';
}

/** Makes a template; its texts are written on its own page. */
export function NewTemplate(): ReactNode {
  const [scope] = useScope();
  const chapters = useChapters();
  const navigate = useNavigate();
  const [key] = useState(() => crypto.randomUUID());
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [draft, change, forget] = useDraft<Draft>('template', {
    name: '',
    chapterId: '',
    channel: 'EMAIL',
    purpose: '',
  });
  const own = scope === '' && chapters.data?.length === 1 ? chapters.data[0]!.id : scope;
  useEffect(() => {
    if (own !== '' && draft.chapterId === '') change({ chapterId: own });
    // Once, when the chapters are known: what is chosen afterwards stays.
  }, [own]);
  const creating = useMutation({
    mutationFn: () => {
      const purpose = draft.purpose === '' ? null : draft.purpose;
      // What was changed since is another template, with a key of its own.
      const idempotencyKey = `${key} ${JSON.stringify(draft)}`.slice(0, 200);
      return ask(CREATE, { input: { ...draft, purpose, idempotencyKey } });
    },
    onSuccess: async ({ createTemplate: { id } }) => {
      forget();
      say(t(template.made));
      await queries.invalidateQueries({ queryKey: ['templates'] });
      await navigate({ to: '/templates/$id', params: { id } });
    },
    onError: (error) => setProblems(problemsOf(error, (field) => field.replace('input.', ''))),
  });
  const send = (): void => {
    const found: FieldProblem[] = [];
    if (draft.name.trim() === '') found.push({ field: 'name', message: t(template.nameMissing) });
    if (draft.chapterId === '') found.push({ field: 'chapterId', message: t(template.needChapter) });
    setProblems(found);
    if (found.length === 0) creating.mutate();
  };
  return (
    <Stack maw={640}>
      <Title order={1} size="h2">
        {t(template.create)}
      </Title>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack>
          <ErrorSummary problems={problems} />
          <TextInput
            id="name"
            label={t(template.name)}
            maxLength={80}
            value={draft.name}
            error={problemAt(problems, 'name')}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <NativeSelect
            id="chapterId"
            label={t(template.chapter)}
            value={draft.chapterId}
            error={problemAt(problems, 'chapterId')}
            onChange={(event) => change({ chapterId: event.currentTarget.value })}
            data={[
              { value: '', label: t(template.choose) },
              ...(chapters.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <NativeSelect
            label={t(template.channel)}
            value={draft.channel}
            onChange={(event) => change({ channel: event.currentTarget.value as Draft['channel'] })}
            data={CHANNELS.map((value) => ({ value, label: t(template[value]) }))}
          />
          <NativeSelect
            label={t(template.purpose)}
            description={t(template.purposeHint)}
            value={draft.purpose}
            onChange={(event) => change({ purpose: event.currentTarget.value as Draft['purpose'] })}
            data={[
              { value: '', label: t(template.anyPurpose) },
              ...PURPOSES.map((value) => ({ value, label: t(template[value]) })),
            ]}
          />
          <MainAction>
            <Button type="submit" size="md" loading={creating.isPending}>
              {t(template.make)}
            </Button>
          </MainAction>
        </Stack>
      </form>
    </Stack>
  );
}
