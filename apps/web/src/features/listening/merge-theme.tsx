import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useChange } from '../../app/change';
import { ErrorSummary, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { say } from '../../app/say';
import { MERGE_THEME, type Theme } from './listening-query';
import { listening } from './strings';

/** Merges one theme into another. */
export function MergeTheme(props: {
  themes: readonly Theme[];
  theme: Theme | undefined;
  close: () => void;
}): ReactNode {
  const { themes, theme } = props;
  const [intoId, setInto] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const merging = useChange(MERGE_THEME, 'listening');
  const close = (): void => {
    setInto('');
    setProblems([]);
    props.close();
  };
  const send = (): void => {
    if (intoId === '') {
      setProblems([{ field: 'into', message: t(listening.needInto) }]);
      return;
    }
    merging.mutate(
      { input: { themeId: theme!.id, intoId } },
      {
        onSuccess: () => {
          say(t(listening.merged));
          close();
        },
      },
    );
  };
  return (
    <Modal
      opened={theme !== undefined}
      onClose={close}
      title={t(listening.mergeTitle, { name: theme?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t(listening.close) }}
    >
      <Stack>
        <ErrorSummary problems={problems} />
        <Text>{t(listening.mergeHint)}</Text>
        <NativeSelect
          id="into"
          label={t(listening.into)}
          value={intoId}
          onChange={(event) => setInto(event.currentTarget.value)}
          data={[
            { value: '', label: t(listening.choose) },
            ...themes
              .filter(({ id }) => id !== theme?.id)
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Group justify="flex-end">
          <Button mih={44} loading={merging.isPending} onClick={send}>
            {t(listening.merge)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
