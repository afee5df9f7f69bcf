import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useChange } from '../../app/change';
import { t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { Disputes } from './disputes';
import { CODE, useSpoken, useThemes, type Session, type Spoken, type Theme } from './listening-query';
import { Said } from './said';
import { listening } from './strings';
import { ThemeChoice } from './theme-choice';

/** What waits for oneself to code, and what two coders do not agree on. */
export function Coding({ session }: { session: Session }): ReactNode {
  const themes = useThemes(session.chapter.id);
  if (themes.isPending) return <Waiting />;
  if (themes.isError) return <Failed error={themes.error} retry={() => void themes.refetch()} />;
  return (
    <Stack gap="xl">
      <Queue gatheringId={session.id} themes={themes.data} />
      <Disputes gatheringId={session.id} themes={themes.data} />
    </Stack>
  );
}

function Queue({ gatheringId, themes }: { gatheringId: string; themes: readonly Theme[] }): ReactNode {
  const found = useSpoken(gatheringId, 'MINE');
  if (found.isPending) return <Waiting rows={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const waiting = found.data.pages.flatMap(({ nodes }) => nodes);
  return (
    <Stack component="section" aria-label={t(listening.toCode)}>
      <Title order={2} size="h4">
        {t(listening.toCode)}
      </Title>
      <Text>{t(listening.toCodeHint)}</Text>
      {themes.length === 0 && <Text c="dimmed">{t(listening.noThemes)}</Text>}
      {waiting.length === 0 && <Empty>{t(listening.noneToCode)}</Empty>}
      {waiting.map((one) => (
        <CodeOne key={one.id} one={one} themes={themes} />
      ))}
    </Stack>
  );
}

function CodeOne({ one, themes }: { one: Spoken; themes: readonly Theme[] }): ReactNode {
  const mine = one.codings.find((coding) => coding.mine);
  const [chosen, setChosen] = useState<string[]>(() => (mine?.themes ?? []).map(({ id }) => id));
  const saving = useChange(CODE, 'listening');
  const send = (submit: boolean): void =>
    saving.mutate(
      { input: { testimonyId: one.id, themeIds: chosen, submit } },
      { onSuccess: () => say(t(submit ? listening.submitted : listening.kept)) },
    );
  return (
    <Paper withBorder p="md" component="article">
      <Stack>
        <Said one={one} />
        <ThemeChoice label={t(listening.about)} themes={themes} chosen={chosen} choose={setChosen} />
        <Group>
          <Button mih={44} loading={saving.isPending} onClick={() => send(true)}>
            {t(listening.submit)}
          </Button>
          <Button variant="default" mih={44} loading={saving.isPending} onClick={() => send(false)}>
            {t(listening.keep)}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
