import { Anchor, Badge, Button, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { t } from '../../app/i18n';
import { MainAction } from '../../app/main-action';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { words } from '../../app/words';
import { useScope } from '../../console/scope';
import { languageName } from '../members/languages';
import { template } from './template-strings';
import { SHOWN, useTemplates, type Shown, type TemplateLine } from './templates-query';

/** The words that sequences may use, with how far the review of each language is. */
export function Templates(): ReactNode {
  const [shown, setShown] = useState<Shown>('inUse');
  return (
    <Stack maw={960}>
      <Title order={1} size="h2">
        {t(template.title)}
      </Title>
      <Text>{t(template.about)}</Text>
      <MainAction ofList>
        <Button component={Link} to="/templates/new">
          {t(template.create)}
        </Button>
      </MainAction>
      <NativeSelect
        maw={240}
        label={t(template.show)}
        value={shown}
        onChange={(event) => setShown(event.currentTarget.value as Shown)}
        data={(Object.keys(SHOWN) as Shown[]).map((value) => ({ value, label: t(template[value]) }))}
      />
      <Cards shown={shown} />
    </Stack>
  );
}

const NONE = { inUse: 'none', waiting: 'noneWaiting', putAway: 'noneArchived' } as const;

function Cards({ shown }: { shown: Shown }): ReactNode {
  const [scope] = useScope();
  const found = useTemplates(scope, shown);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const cards = found.data.pages.flatMap(({ nodes }) => nodes);
  if (cards.length === 0) return <Empty>{t(template[NONE[shown]])}</Empty>;
  return (
    <Stack>
      {cards.map((one) => (
        <Card key={one.id} one={one} />
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

function Card({ one: { id, name, channel, chapter, texts } }: { one: TemplateLine }): ReactNode {
  return (
    <Paper withBorder p="md" component="article">
      <Anchor
        component={Link}
        to="/templates/$id"
        params={{ id } as never}
        fw={600}
        size="lg"
        style={{ overflowWrap: 'anywhere' }}
      >
        {name}
      </Anchor>
      <Text c="dimmed">{`${t(template[channel])} · ${chapter.name}`}</Text>
      <Group gap="xs" mt="xs">
        {texts.nodes.length === 0 && <Text>{t(template.noText)}</Text>}
        {texts.nodes.map(({ id: text, language, state }) => (
          <Badge
            key={text}
            size="lg"
            tt="none"
            fw={500}
            variant={state === 'APPROVED' ? 'filled' : 'default'}
          >
            {t(template.languageState, { language: languageName(language), state: t(template[state]) })}
          </Badge>
        ))}
      </Group>
    </Paper>
  );
}
