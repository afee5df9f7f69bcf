import { Button, CopyButton, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import type { Campaign } from './campaigns-query';
import { campaigns } from './campaign-strings';

/** The public page's link, and words to send with it. */
export function ShareKit({ campaign }: { campaign: Campaign }): ReactNode {
  const link = `${window.location.origin}/c/${campaign.slug}`;
  const words = t(campaigns.shareWords, { title: campaign.title, count: campaign.pledgeCount, link });
  return (
    <Stack component="section">
      <Title order={2} size="h4">
        {t(campaigns.share)}
      </Title>
      <Copied label={campaigns.page} value={link} action={campaigns.copyLink} />
      <Copied label={campaigns.shareText} value={words} action={campaigns.copyText} />
    </Stack>
  );
}

function Copied({ label, value, action }: { label: string; value: string; action: string }): ReactNode {
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" gap="sm">
        <div style={{ minWidth: 0, flex: '1 1 16rem' }}>
          <Text c="dimmed" size="sm">
            {t(label)}
          </Text>
          <Text style={{ overflowWrap: 'anywhere' }}>{value}</Text>
        </div>
        <CopyButton value={value} timeout={4000}>
          {({ copied, copy }) => (
            <Button variant="default" mih={44} onClick={copy} aria-live="polite">
              {t(copied ? campaigns.copied : action)}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Paper>
  );
}
