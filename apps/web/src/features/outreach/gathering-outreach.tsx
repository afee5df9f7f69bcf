import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import { Failed, Waiting } from '../../app/outcome';
import { SequenceCard } from './sequence-card';
import { useGatheringSequences } from './sequences-query';
import { outreach } from './strings';

/** What was sent about a gathering, and the way to send. @param open whether outreach can start. */
export function GatheringOutreach({ id, open }: { id: string; open: boolean }): ReactNode {
  const found = useGatheringSequences(id);
  return (
    <Stack component="section">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t(outreach.title)}
        </Title>
        {open && (
          <Button component={Link} to="/gatherings/$id/outreach" params={{ id } as never} mih={44}>
            {t(outreach.start)}
          </Button>
        )}
      </Group>
      {found.isPending && <Waiting rows={1} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data?.length === 0 && <Text c="dimmed">{t(outreach.noneHere)}</Text>}
      {found.data?.map((sequence) => (
        <SequenceCard key={sequence.id} sequence={sequence} />
      ))}
    </Stack>
  );
}
