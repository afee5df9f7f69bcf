import { Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { i18n, number, t } from '../../app/i18n';
import { Failed, Waiting } from '../../app/outcome';
import classes from './listening.module.css';
import { useAgreement, type Agreement } from './listening-query';
import { listening } from './strings';

/** How far two coders agree, theme by theme. */
export function AgreementTable({ gatheringId }: { gatheringId: string }): ReactNode {
  const found = useAgreement(gatheringId);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const { testimonies, pooled, themes } = found.data;
  const heads = ['theme', 'kappa', 'same', 'both', 'one', 'neither'] as const;
  return (
    <Stack>
      <Text>{t(listening.overHowMany, { count: testimonies })}</Text>
      {testimonies > 0 && (
        <>
          <Table className={classes.figures!} tabularNums>
            <Table.Thead>
              <Table.Tr>
                {heads.map((head) => (
                  <Table.Th key={head} scope="col">
                    {t(listening[head])}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {themes.map((one) => (
                <Line key={one.themeId} name={one.name} of={one} />
              ))}
              <Line name={t(listening.together)} of={pooled} />
            </Table.Tbody>
          </Table>
          <Text c="dimmed">{t(listening.agreementHint)}</Text>
        </>
      )}
    </Stack>
  );
}

function Line({
  name,
  of: { kappa, share, both, first, second, neither },
}: {
  name: string;
  of: Agreement;
}): ReactNode {
  const figure = (value: number | null, options: Intl.NumberFormatOptions): string =>
    value === null ? '–' : i18n.number(value, options);
  const figures = {
    kappa: figure(kappa, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    same: figure(share, { style: 'percent' }),
    both: number(both),
    one: number(first + second),
    neither: number(neither),
  };
  return (
    <Table.Tr>
      <Table.Th scope="row">{name}</Table.Th>
      {(Object.keys(figures) as (keyof typeof figures)[]).map((key) => (
        <Table.Td key={key} data-word={t(listening[key])}>
          {figures[key]}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
