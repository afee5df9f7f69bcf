import { Button, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { moment, number, t } from '../../app/i18n';
import { csvOf } from './csv';
import { desk } from './desk-strings';

export interface PledgeCounts {
  readonly takenAt: string;
  readonly cells: {
    readonly nodes: readonly {
      readonly kind: string;
      readonly region: string;
      readonly members: number | null;
    }[];
  };
}

/** The pledge table of an answer, when that is what was asked for. */
export function pledgeCountsOf(data: Record<string, unknown> | null): PledgeCounts | undefined {
  const campaign = data?.['campaign'] as { pledgeCounts?: Partial<PledgeCounts> | null } | null | undefined;
  const counts = campaign?.pledgeCounts;
  return counts?.takenAt !== undefined && counts.cells?.nodes !== undefined
    ? (counts as PledgeCounts)
    : undefined;
}

/** Pledges by kind and region; small groups are said to be small, and why. */
export function PledgeTable({ takenAt, cells }: PledgeCounts): ReactNode {
  const save = (): void => {
    const rows = cells.nodes.map(({ kind, region, members }) => [kind, region, members ?? t(desk.few)]);
    const text = csvOf([[t(desk.kind), t(desk.region), t(desk.people)], ...rows]);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
    link.download = `pledges-${takenAt.slice(0, 10)}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <Stack component="section" align="flex-start">
      <Title order={3} size="h4">
        {t(desk.table, { when: moment(takenAt) })}
      </Title>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t(desk.kind)}</Table.Th>
            <Table.Th>{t(desk.region)}</Table.Th>
            <Table.Th>{t(desk.people)}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {cells.nodes.map(({ kind, region, members }) => (
            <Table.Tr key={`${kind} ${region}`}>
              <Table.Td>{kind}</Table.Td>
              <Table.Td>{region}</Table.Td>
              <Table.Td>{members === null ? <em>{t(desk.few)}</em> : number(members)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text c="dimmed">{t(desk.why)}</Text>
      <Button variant="default" onClick={save}>
        {t(desk.download)}
      </Button>
    </Stack>
  );
}
