import { NativeSelect, Group, Progress, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../../app/ask';
import { number, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { useScope } from '../../console/scope';
import { graphql, type ResultOf } from '../../graphql';
import { gatherings } from './strings';
import { turnout } from './turnout-strings';

const TURNOUT = graphql(`
  query Turnout($input: TurnoutInput!) {
    turnout(input: $input) {
      key
      label
      gatherings
      invited
      going
      attended
      absent
      unknown
    }
  }
`);
const BY = ['MONTH', 'CHAPTER', 'KIND'] as const;
type By = (typeof BY)[number];
type Line = ResultOf<typeof TURNOUT>['turnout'][number];

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** What became of gatherings that are over: bars for the eye, and the same figures as a table. */
export function Turnout(): ReactNode {
  const [scope] = useScope();
  const [by, setBy] = useState<By>('MONTH');
  const [from, setFrom] = useState(daysAgo(180));
  const [until, setUntil] = useState(daysAgo(0));
  const ready = from !== '' && until !== '' && from <= until;
  const found = useQuery({
    enabled: ready,
    queryKey: ['turnout', scope, by, from, until],
    queryFn: async ({ signal }) => {
      const end = new Date(`${until}T00:00:00Z`);
      end.setUTCDate(end.getUTCDate() + 1);
      const input = {
        by,
        from: `${from}T00:00:00Z`,
        until: end.toISOString(),
        ...(scope === '' ? {} : { chapterId: scope }),
      };
      return (await ask(TURNOUT, { input }, { signal })).turnout;
    },
  });
  return (
    <Stack maw={960}>
      <Title order={1} size="h2">
        {t(turnout.title)}
      </Title>
      <Group align="flex-end">
        <NativeSelect
          label={t(turnout.by)}
          value={by}
          onChange={(event) => setBy(event.currentTarget.value as By)}
          data={BY.map((value) => ({ value, label: t(turnout[value]) }))}
        />
        <TextInput
          type="date"
          label={t(turnout.from)}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t(turnout.until)}
          value={until}
          error={ready ? undefined : t(turnout.needTime)}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      </Group>
      {found.isError ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        ready && <Waiting />
      ) : found.data.length === 0 ? (
        <Empty>{t(turnout.none)}</Empty>
      ) : (
        <Figures lines={found.data} by={by} />
      )}
    </Stack>
  );
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((100 * part) / whole));

function Figures({ lines, by }: { lines: readonly Line[]; by: By }): ReactNode {
  // Whoever walks in was not invited, and counts among those who came.
  const most = Math.max(
    ...lines.map(({ invited, going, attended }) => Math.max(invited, going, attended)),
    1,
  );
  const name = ({ key, label }: Line): string =>
    by === 'KIND' ? t(gatherings[key.toUpperCase() as 'TRAINING']) : label;
  return (
    <>
      <Stack gap="xs" aria-hidden>
        {lines.map((line) => (
          <div key={line.key}>
            <Text size="sm">{name(line)}</Text>
            <Progress.Root size={18} radius="sm">
              <Progress.Section
                value={(100 * line.attended) / most}
                color="var(--mantine-primary-color-filled)"
              />
              <Progress.Section
                value={(100 * Math.max(line.going - line.attended, 0)) / most}
                color="gray.5"
              />
            </Progress.Root>
          </div>
        ))}
      </Stack>
      <Table.ScrollContainer
        minWidth={560}
        type="native"
        tabIndex={0}
        role="region"
        aria-label={t(turnout.title)}
      >
        <Table striped>
          <Table.Caption>{t(turnout.caption)}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t(turnout[by])}</Table.Th>
              {(['gatherings', 'invited', 'going', 'attended', 'absent', 'unknown', 'rate'] as const).map(
                (head) => (
                  <Table.Th key={head} scope="col" ta="end">
                    {t(turnout[head])}
                  </Table.Th>
                ),
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line) => (
              <Table.Tr key={line.key}>
                <Table.Th scope="row">{name(line)}</Table.Th>
                {[line.gatherings, line.invited, line.going, line.attended, line.absent, line.unknown].map(
                  (value, index) => (
                    <Table.Td key={index} ta="end">
                      {number(value)}
                    </Table.Td>
                  ),
                )}
                <Table.Td ta="end">{`${share(line.absent, line.attended + line.absent)} %`}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
