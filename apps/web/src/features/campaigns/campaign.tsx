import { Anchor, Badge, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { spanOf } from './campaign-words';
import { useCampaign, type Campaign } from './campaigns-query';
import { Demands } from './demands';
import { Pledges } from './pledges';
import { ShareKit } from './share-kit';
import { campaigns } from './campaign-strings';

/** A campaign: what was pledged and kept, what is demanded and was answered, and what to share. */
export function CampaignPage(): ReactNode {
  const { slug } = useParams({ strict: false }) as { slug: string };
  const found = useCampaign(slug);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data === null)
    return (
      <Empty
        action={
          <Button component={Link} to="/campaigns" variant="default">
            {t(campaigns.back)}
          </Button>
        }
      >
        {t(campaigns.notFound)}
      </Empty>
    );
  return (
    <Stack maw={960} gap="xl">
      <Head campaign={found.data} />
      <Pledges campaign={found.data} />
      <Demands campaign={found.data} />
      <Phases campaign={found.data} />
      <ShareKit campaign={found.data} />
    </Stack>
  );
}

function Head({ campaign }: { campaign: Campaign }): ReactNode {
  const { title, summary, target, state, chapter, slug } = campaign;
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="flex-start">
        <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        <Badge variant="default" size="lg" tt="none" fw={500}>
          {t(campaigns[state])}
        </Badge>
      </Group>
      <Text c="dimmed">{[t(campaigns.aimedAt, { target }), chapter.name, spanOf(campaign)].join(' · ')}</Text>
      {summary !== '' && <Text style={{ whiteSpace: 'pre-line' }}>{summary}</Text>}
      <Anchor href={`/c/${slug}`}>{t(campaigns.page)}</Anchor>
    </Stack>
  );
}

function Phases({ campaign }: { campaign: Campaign }): ReactNode {
  const phases = campaign.phases.nodes;
  return (
    <Stack component="section" gap="xs">
      <Title order={2} size="h4">
        {t(campaigns.phases)}
      </Title>
      {phases.length === 0 && <Text c="dimmed">{t(campaigns.noPhases)}</Text>}
      <List type="ordered">
        {phases.map(({ id, title, startsAt, endsAt }) => (
          <List.Item key={id}>
            {title}
            <Text c="dimmed" size="sm">
              {spanOf({ startsAt, endsAt, timeZone: campaign.timeZone })}
            </Text>
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
