import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { ErrorSummary, problemsOf, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { Failed, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { SPLIT_THEME, useSpokenOf, type Spoken, type Theme } from './listening-query';
import { Said } from './said';
import { listening } from './strings';

/** Splits a theme in two, every testimony of it in one of them or in both. */
export function SplitTheme({ theme, close }: { theme: Theme | undefined; close: () => void }): ReactNode {
  return (
    <Modal
      size="lg"
      opened={theme !== undefined}
      onClose={close}
      title={t(listening.splitTitle, { name: theme?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t(listening.close) }}
    >
      {theme !== undefined && <Parts theme={theme} close={close} />}
    </Modal>
  );
}

function Parts({ theme, close }: { theme: Theme; close: () => void }): ReactNode {
  const found = useSpokenOf(theme.id);
  if (found.isPending) return <Waiting rows={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return <Assign theme={theme} all={found.data} close={close} />;
}

type Where = 'first' | 'second' | 'both';

function Assign(props: { theme: Theme; all: readonly Spoken[]; close: () => void }): ReactNode {
  const { theme, all, close } = props;
  const [names, setNames] = useState(['', '']);
  const [where, setWhere] = useState<Readonly<Record<string, Where>>>({});
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const partOf = (part: 'first' | 'second', index: number) => ({
    name: names[index]!,
    testimonyIds: all.flatMap(({ id }) => ([part, 'both'].includes(where[id] ?? 'first') ? [id] : [])),
  });
  const splitting = useMutation({
    mutationFn: () =>
      ask(SPLIT_THEME, { input: { themeId: theme.id, parts: [partOf('first', 0), partOf('second', 1)] } }),
    onSuccess: async () => {
      say(t(listening.wasSplitNow));
      await queries.invalidateQueries({ queryKey: ['listening'] });
      close();
    },
    onError: (error) =>
      setProblems(problemsOf(error, (field) => (/parts\.1/.test(field) ? 'part-1' : 'part-0'))),
  });
  const send = (): void => {
    const missing = names.flatMap((name, index) =>
      name.trim() === ''
        ? [{ field: `part-${index}`, message: t(listening.needPart, { number: index + 1 }) }]
        : [],
    );
    setProblems(missing);
    if (missing.length === 0) splitting.mutate();
  };
  return (
    <Stack>
      <ErrorSummary problems={problems} />
      <Text>{t(listening.splitHint)}</Text>
      {names.map((name, index) => (
        <TextInput
          key={index}
          id={`part-${index}`}
          label={t(listening.part, { number: index + 1 })}
          maxLength={120}
          value={name}
          onChange={(event) =>
            setNames(names.map((old, at) => (at === index ? event.currentTarget.value : old)))
          }
        />
      ))}
      {all.map((one, index) => (
        <Stack key={one.id} gap="xs">
          <Said one={one} />
          <NativeSelect
            label={t(listening.belongs, { number: index + 1 })}
            value={where[one.id] ?? 'first'}
            onChange={(event) => setWhere({ ...where, [one.id]: event.currentTarget.value as Where })}
            data={[
              { value: 'first', label: names[0]!.trim() || t(listening.part, { number: 1 }) },
              { value: 'second', label: names[1]!.trim() || t(listening.part, { number: 2 }) },
              { value: 'both', label: t(listening.bothParts) },
            ]}
          />
        </Stack>
      ))}
      <Group justify="flex-end">
        <Button mih={44} loading={splitting.isPending} onClick={send}>
          {t(listening.split)}
        </Button>
      </Group>
    </Stack>
  );
}
