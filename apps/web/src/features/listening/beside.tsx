import { Button, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useChange } from '../../app/change';
import { ErrorSummary, problemAt, problemsOf, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { say } from '../../app/say';
import { languageName, LANGUAGES_SPOKEN } from '../members/languages';
import { PARAPHRASE, REVIEW_TRANSLATION, TRANSLATE, type Spoken } from './listening-query';
import { listening } from './strings';

type Kind = 'translation' | 'paraphrase';

/** What is written beside a testimony: translations, their review, and other words for what is not quoted. */
export function Beside({ one }: { one: Spoken }): ReactNode {
  const [writing, setWriting] = useState<Kind>();
  const review = useChange(REVIEW_TRANSLATION, 'listening');
  const unread = one.texts.filter(({ kind, reviewedAt }) => kind === 'TRANSLATION' && reviewedAt === null);
  return (
    <Stack mt="sm" gap="sm">
      <Group gap="xs">
        {(['translation', 'paraphrase'] as const).map((kind) => (
          <Button
            key={kind}
            variant="default"
            mih={44}
            aria-expanded={writing === kind}
            onClick={() => setWriting(writing === kind ? undefined : kind)}
          >
            {t(listening[kind])}
          </Button>
        ))}
        {unread.map(({ id, language }) => (
          <Button
            key={id}
            variant="default"
            mih={44}
            loading={review.isPending}
            onClick={() =>
              review.mutate(
                { input: { testimonyId: one.id, textId: id } },
                { onSuccess: () => say(t(listening.reviewed)) },
              )
            }
          >
            {t(listening.isRight, { language: languageName(language) })}
          </Button>
        ))}
      </Group>
      {writing !== undefined && (
        <Write key={writing} one={one} kind={writing} done={() => setWriting(undefined)} />
      )}
    </Stack>
  );
}

function Write({ one, kind, done }: { one: Spoken; kind: Kind; done: () => void }): ReactNode {
  const others = LANGUAGES_SPOKEN.filter((language) => kind === 'paraphrase' || language !== one.language);
  const [draft, setDraft] = useState({ language: others[0]!, text: '', machine: '' });
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const change = (part: Partial<typeof draft>): void => setDraft({ ...draft, ...part });
  const translating = useChange(TRANSLATE, 'listening');
  const paraphrasing = useChange(PARAPHRASE, 'listening');
  const field = (name: string): string => `${kind}-${name}`;
  const send = (): void => {
    const missing = draft.text.trim() === '';
    setProblems(missing ? [{ field: field('text'), message: t(listening.needText) }] : []);
    if (missing) return;
    const { language, text } = draft;
    const then = {
      onSuccess: () => {
        say(t(listening.saved));
        done();
      },
      onError: (error: Error) => setProblems(problemsOf(error, (name) => field(name.replace('input.', '')))),
    };
    if (kind === 'paraphrase') paraphrasing.mutate({ input: { testimonyId: one.id, language, text } }, then);
    else {
      const machine = draft.machine.trim() === '' ? null : draft.machine;
      translating.mutate({ input: { testimonyId: one.id, language, text, machine } }, then);
    }
  };
  return (
    <form
      noValidate
      aria-label={t(listening[kind])}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack>
        <ErrorSummary problems={problems} />
        <NativeSelect
          id={field('language')}
          maw={360}
          label={t(listening.intoLanguage)}
          value={draft.language}
          onChange={(event) => change({ language: event.currentTarget.value })}
          data={others.map((value) => ({ value, label: languageName(value) }))}
        />
        <Textarea
          id={field('text')}
          label={t(listening.text)}
          lang={draft.language}
          dir="auto"
          autosize
          minRows={3}
          maxLength={20_000}
          value={draft.text}
          error={problemAt(problems, field('text'))}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
        {kind === 'translation' && (
          <TextInput
            id={field('machine')}
            maw={360}
            label={t(listening.machine)}
            description={t(listening.machineHint)}
            maxLength={80}
            value={draft.machine}
            onChange={(event) => change({ machine: event.currentTarget.value })}
          />
        )}
        <Group>
          <Button type="submit" mih={44} loading={translating.isPending || paraphrasing.isPending}>
            {t(listening.save)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
