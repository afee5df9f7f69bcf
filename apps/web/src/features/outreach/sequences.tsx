import { Anchor, Button, Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { MainAction } from '../../app/main-action';
import { words } from '../../app/words';
import { useScope } from '../../console/scope';
import { editor } from './editor/editor-strings';
import { SequenceCard } from './sequence-card';
import { useSequences } from './sequences-query';
import { outreach } from './strings';

/** Everything that was sent, is sent, or waits to be, newest first. */
export function Sequences(): ReactNode {
  const [scope] = useScope();
  return (
    <Stack maw={960}>
      <Title order={1} size="h2">
        {t(outreach.title)}
      </Title>
      <MainAction ofList>
        <Button component={Link} to="/sequences/new" size="md">
          {t(editor.write)}
        </Button>
      </MainAction>
      <Anchor component={Link} to="/templates">
        {t(outreach.templates)}
      </Anchor>
      <Cards scope={scope} />
    </Stack>
  );
}

function Cards({ scope }: { scope: string }): ReactNode {
  const found = useSequences(scope);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const cards = found.data.pages.flatMap(({ nodes }) => nodes);
  if (cards.length === 0)
    return (
      <Empty
        action={
          <Button component={Link} to="/gatherings">
            {t(outreach.toAgenda)}
          </Button>
        }
      >
        {t(outreach.none)}
      </Empty>
    );
  return (
    <Stack>
      {cards.map((sequence) => (
        <SequenceCard key={sequence.id} sequence={sequence} />
      ))}
      {found.hasNextPage && (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t(words.more)}
        </Button>
      )}
    </Stack>
  );
}
