import { Anchor, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import { MainAction } from '../../app/main-action';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { words } from '../../app/words';
import { useScope } from '../../console/scope';
import { spanOf } from './campaign-words';
import { useCampaigns, type CampaignLine } from './campaigns-query';
import { campaigns } from './campaign-strings';

/** The campaigns of a scope, newest first. */
export function Campaigns(): ReactNode {
  const [scope] = useScope();
  return (
    <Stack maw={960}>
      <Title order={1} size="h2">
        {t(campaigns.title)}
      </Title>
      <MainAction ofList>
        <Button component={Link} to="/campaigns/new">
          {t(campaigns.create)}
        </Button>
      </MainAction>
      <Cards scope={scope} />
    </Stack>
  );
}

function Cards({ scope }: { scope: string }): ReactNode {
  const found = useCampaigns(scope);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const cards = found.data.pages.flatMap(({ nodes }) => nodes);
  if (cards.length === 0) return <Empty>{t(campaigns.none)}</Empty>;
  return (
    <Stack>
      {cards.map((campaign) => (
        <Card key={campaign.id} campaign={campaign} />
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

function Card({ campaign }: { campaign: CampaignLine }): ReactNode {
  const { slug, title, target, state, pledgeCount, chapter } = campaign;
  return (
    <Paper withBorder p="md" component="article">
      <Group justify="space-between" align="flex-start" gap="xs">
        <div style={{ minWidth: 0 }}>
          <Anchor component={Link} to="/campaigns/$slug" params={{ slug } as never} fw={600} size="lg">
            {title}
          </Anchor>
          <Text>{t(campaigns.pledges, { count: pledgeCount })}</Text>
          <Text c="dimmed">
            {[t(campaigns.aimedAt, { target }), chapter.name, spanOf(campaign)].join(' · ')}
          </Text>
        </div>
        <Badge variant="default" size="lg" tt="none" fw={500}>
          {t(campaigns[state])}
        </Badge>
      </Group>
    </Paper>
  );
}
