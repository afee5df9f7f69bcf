import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { ErrorSummary, problemAt, problemsOf, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { say } from '../../app/say';
import { words } from '../../app/words';
import { useChapters } from './chapters';
import { MOVE_CHAPTER, type ChapterLine } from './chapters-query';
import { chapters } from './strings';

/** Moves a chapter, and all below it, under another; says first who will see what. */
export default function MoveChapter({
  chapter,
  close,
}: {
  chapter: ChapterLine;
  close: () => void;
}): ReactNode {
  const known = useChapters();
  const [parentId, setParent] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const moving = useMutation({
    mutationFn: () => ask(MOVE_CHAPTER, { id: chapter.id, parentId }),
    onSuccess: async () => {
      say(t(chapters.moved));
      close();
      await Promise.all(
        ['chapters', 'chapter-level'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      );
    },
    onError: (error) =>
      setProblems(
        problemsOf(
          error,
          () => 'chapter-parent',
          (code) => (code === 'CHAPTER.BELOW_ITSELF' ? t(chapters.belowItself) : undefined),
        ),
      ),
  });
  const submit = (): void => {
    const found = parentId === '' ? [{ field: 'chapter-parent', message: t(chapters.chooseParent) }] : [];
    setProblems(found);
    if (found.length === 0) moving.mutate();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t(chapters.moveName, { name: chapter.name })}
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
          <NativeSelect
            id="chapter-parent"
            label={t(chapters.to)}
            value={parentId}
            error={problemAt(problems, 'chapter-parent')}
            onChange={(event) => setParent(event.currentTarget.value)}
            data={[
              { value: '', label: t(chapters.chooseParent) },
              ...(known.data ?? [])
                .filter(({ id }) => id !== chapter.id)
                .map(({ id, name }) => ({ value: id, label: name })),
            ]}
            data-autofocus
          />
          <Text size="sm">{t(chapters.moveSays)}</Text>
          <Group justify="flex-end">
            <Button variant="default" mih={44} onClick={close}>
              {t(chapters.cancel)}
            </Button>
            <Button type="submit" mih={44} loading={moving.isPending}>
              {t(chapters.move)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
