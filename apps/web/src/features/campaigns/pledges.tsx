import { Paper, Progress, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { i18n, number, t } from '../../app/i18n';
import { KINDS, STATUSES, tallied, type Campaign, type Tally } from './campaigns-query';
import { campaigns } from './campaign-strings';
import { commitments } from './strings';

/** How many pledged, how many of those kept it, and how many nobody knows of; by kind below. */
export function Pledges({ campaign }: { campaign: Campaign }): ReactNode {
  const tally = campaign.tally as Tally[] | null;
  return (
    <Stack component="section">
      <Paper withBorder p="lg">
        <Text ff="heading" fz={40} lh={1.1} fw={600}>
          {t(campaigns.pledges, { count: campaign.pledgeCount })}
        </Text>
        <Text c="dimmed">{t(campaigns.pledgesHint)}</Text>
        {tally !== null && <Kept tally={tally} />}
      </Paper>
      {tally !== null && tally.length > 0 && <ByKind tally={tally} />}
    </Stack>
  );
}

function Kept({ tally }: { tally: readonly Tally[] }): ReactNode {
  const kept = tallied(tally, ['KEPT']);
  const checked = tallied(tally, ['KEPT', 'BROKEN']);
  if (checked === 0) return <Text mt="md">{t(campaigns.noneChecked)}</Text>;
  const rate = i18n.number(kept / checked, { style: 'percent', maximumFractionDigits: 0 });
  const said = t(campaigns.keptOf, { kept: number(kept), due: number(checked), rate });
  return (
    <Stack gap={6} mt="md">
      <Text>{said}</Text>
      <Progress value={(100 * kept) / checked} size="lg" aria-label={said} />
      <Text c="dimmed">{t(campaigns.unknowns, { count: tallied(tally, ['UNKNOWN']) })}</Text>
    </Stack>
  );
}

function ByKind({ tally }: { tally: readonly Tally[] }): ReactNode {
  const kinds = KINDS.filter((kind) => tallied(tally, STATUSES, kind) > 0);
  const statuses = STATUSES.filter((status) => tallied(tally, [status]) > 0);
  return (
    <Table.ScrollContainer
      type="native"
      minWidth={360}
      tabIndex={0}
      role="group"
      aria-label={t(campaigns.byKind)}
    >
      <Table withTableBorder captionSide="top">
        <Table.Caption>{t(campaigns.byKind)}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t(campaigns.kind)}</Table.Th>
            {statuses.map((status) => (
              <Table.Th key={status} scope="col">
                {t(commitments[status])}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {kinds.map((kind) => (
            <Table.Tr key={kind}>
              <Table.Th scope="row">{t(commitments[kind])}</Table.Th>
              {statuses.map((status) => (
                <Table.Td key={status}>{number(tallied(tally, [status], kind))}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
