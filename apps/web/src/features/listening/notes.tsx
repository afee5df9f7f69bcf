import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { words } from '../../app/words';
import { Beside } from './beside';
import { useSpoken, type Session, type Wording } from './listening-query';
import { Said } from './said';
import { listening } from './strings';
import { TakeNote } from './take-note';

/** Writing down what somebody said, and all that was written down. */
export function Notes({ session, wording }: { session: Session; wording: Wording }): ReactNode {
  return (
    <Stack gap="xl">
      <TakeNote session={session} wording={wording} />
      <Written gatheringId={session.id} />
    </Stack>
  );
}

function Written({ gatheringId }: { gatheringId: string }): ReactNode {
  const found = useSpoken(gatheringId, null);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const all = found.data.pages.flatMap(({ nodes }) => nodes);
  if (all.length === 0) return <Empty>{t(listening.noNotes)}</Empty>;
  return (
    <Stack component="section" aria-label={t(listening.notes)}>
      {all.map((one) => (
        <Paper key={one.id} withBorder p="md" component="article">
          <Said one={one} />
          <Beside one={one} />
          {one.themes.length > 0 && (
            <Group gap="xs" mt="xs">
              {one.themes.map(({ id, name }) => (
                <Badge key={id} variant="default" size="lg" tt="none" fw={500}>
                  {name}
                </Badge>
              ))}
            </Group>
          )}
        </Paper>
      ))}
      {found.hasNextPage && (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          <Text inherit>{t(words.more)}</Text>
        </Button>
      )}
    </Stack>
  );
}
