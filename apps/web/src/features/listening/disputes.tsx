import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useChange } from '../../app/change';
import { t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { ThemeChoice } from './theme-choice';
import { SETTLE, useSpoken, type Spoken, type Theme } from './listening-query';
import { Said } from './said';
import { listening } from './strings';

/** Testimony on which two coders found different things, side by side. */
export function Disputes(props: { gatheringId: string; themes: readonly Theme[] }): ReactNode {
  const found = useSpoken(props.gatheringId, 'DISPUTED');
  if (found.isPending) return <Waiting rows={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const open = found.data.pages.flatMap(({ nodes }) => nodes);
  return (
    <Stack component="section" aria-label={t(listening.disputed)}>
      <Title order={2} size="h4">
        {t(listening.disputed)}
      </Title>
      {open.length === 0 && <Empty>{t(listening.noneDisputed)}</Empty>}
      {open.map((one) => (
        <Dispute key={one.id} one={one} themes={props.themes} />
      ))}
    </Stack>
  );
}

function Dispute({ one, themes }: { one: Spoken; themes: readonly Theme[] }): ReactNode {
  const agreed = one.themes.map(({ id }) => id);
  const [chosen, setChosen] = useState<string[]>(agreed);
  const settling = useChange(SETTLE, 'listening');
  const isCoder = one.codings.some(({ mine }) => mine);
  const found = new Set(one.codings.flatMap((coding) => coding.themes.map(({ id }) => id)));
  return (
    <Paper withBorder p="md" component="article">
      <Stack>
        <Said one={one} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {one.codings.map(({ mine, themes: seen }, index) => (
            <div key={index}>
              <Text fw={600}>
                {t(mine ? listening.mine : index === 0 ? listening.first : listening.second)}
              </Text>
              <Text>{seen.map(({ name }) => name).join(', ') || t(listening.noTheme)}</Text>
            </div>
          ))}
        </SimpleGrid>
        <ThemeChoice
          label={t(listening.holds)}
          themes={themes.filter(({ id }) => found.has(id))}
          chosen={chosen}
          choose={setChosen}
          fixed={agreed}
        />
        <Group>
          <Button
            mih={44}
            loading={settling.isPending}
            onClick={() =>
              settling.mutate(
                {
                  input: { testimonyId: one.id, themeIds: chosen, how: isCoder ? 'TOGETHER' : 'THIRD' },
                },
                { onSuccess: () => say(t(listening.settled)) },
              )
            }
          >
            {t(isCoder ? listening.settleTogether : listening.settleThird)}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
