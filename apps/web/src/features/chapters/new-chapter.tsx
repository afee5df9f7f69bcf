import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { ErrorSummary, problemAt, problemsOf, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { say } from '../../app/say';
import { words } from '../../app/words';
import { CREATE_CHAPTER, type ChapterLine } from './chapters-query';
import { chapters } from './strings';

const KINDS = ['REGION', 'CITY', 'CAUCUS', 'WORKPLACE', 'UNION'] as const;
const ZONES = Intl.supportedValuesOf('timeZone');
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A short name from a name: `São Paulo` gives `sao-paulo`. */
const slugFor = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** Adds a chapter below another; zone and language are those of the one above until they are changed. */
export default function NewChapter({ parent, close }: { parent: ChapterLine; close: () => void }): ReactNode {
  const [draft, setDraft] = useState({
    name: '',
    slug: '',
    kind: 'CITY' as (typeof KINDS)[number],
    timeZone: parent.timeZone,
    language: parent.language,
  });
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const slug = draft.slug === '' ? slugFor(draft.name) : draft.slug;
  const creating = useMutation({
    mutationFn: () =>
      ask(CREATE_CHAPTER, { input: { ...draft, name: draft.name.trim(), slug, parentId: parent.id } }),
    onSuccess: async () => {
      say(t(chapters.created));
      close();
      await Promise.all(
        ['chapters', 'chapter-level', 'permissions'].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      );
    },
    onError: (error) =>
      setProblems(
        problemsOf(
          error,
          (field) => `chapter-${field.replace(/^input\./, '')}`,
          (code) => (code === 'CHAPTER.SLUG_TAKEN' ? t(chapters.slugTaken) : undefined),
        ),
      ),
  });
  const input = (name: keyof typeof draft) => ({
    id: `chapter-${name}`,
    label: t(chapters[name]),
    value: draft[name],
    error: problemAt(problems, `chapter-${name}`),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setDraft((before) => ({ ...before, [name]: value }));
    },
  });
  const submit = (): void => {
    const found: FieldProblem[] = [];
    if (draft.name.trim() === '') found.push({ field: 'chapter-name', message: t(chapters.nameMissing) });
    else if (!SLUG.test(slug)) found.push({ field: 'chapter-slug', message: t(chapters.slugWrong) });
    setProblems(found);
    if (found.length === 0) creating.mutate();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t(chapters.addBelow, { name: parent.name })}
      closeButtonProps={{ 'aria-label': t(words.close) }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <ErrorSummary problems={problems} />
          <TextInput {...input('name')} maxLength={200} data-autofocus />
          <NativeSelect
            {...input('kind')}
            data={KINDS.map((value) => ({ value, label: t(chapters[value]) }))}
          />
          <TextInput {...input('slug')} value={slug} description={t(chapters.slugHelp)} />
          <NativeSelect {...input('timeZone')} data={ZONES} />
          <TextInput {...input('language')} maxLength={20} />
          <Group justify="flex-end">
            <Button variant="default" mih={44} onClick={close}>
              {t(chapters.cancel)}
            </Button>
            <Button type="submit" mih={44} loading={creating.isPending}>
              {t(chapters.add)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
