import { Anchor, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { i18n, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { dayIn, useMonth, type AgendaFilter, type GatheringLine } from './agenda-query';
import { agenda } from './agenda-strings';
import classes from './month.module.css';

const utc = (day: string): Date => new Date(`${day}T00:00:00Z`);
const text = (day: Date): string => day.toISOString().slice(0, 10);
const DAY = 86_400_000;

/** The weeks of a month, Sunday or Monday first as the region has it, each of seven days. */
function weeksOf(month: string, firstDay: number): string[][] {
  const first = utc(`${month}-01`);
  const back = (first.getUTCDay() - firstDay + 7) % 7;
  const weeks: string[][] = [];
  for (let at = first.getTime() - back * DAY; weeks.length < 6; at += 7 * DAY) {
    if (weeks.length > 0 && !text(new Date(at)).startsWith(month)) break;
    weeks.push(Array.from({ length: 7 }, (_, index) => text(new Date(at + index * DAY))));
  }
  return weeks;
}

const moved = (month: string, by: number): string => {
  const at = utc(`${month}-01`);
  at.setUTCMonth(at.getUTCMonth() + by);
  return text(at).slice(0, 7);
};

/** A month as a table of days; on a phone, the days that hold something. */
export function Month({ filter }: { filter: AgendaFilter }): ReactNode {
  const [month, setMonth] = useState(() => text(new Date()).slice(0, 7));
  const found = useMonth(filter, month);
  const byDay: ByDay = new Map();
  for (const one of found.data ?? []) {
    const day = dayIn(one.startsAt, one.timeZone);
    byDay.set(day, [...(byDay.get(day) ?? []), one]);
  }
  return (
    <Stack>
      <Group justify="space-between">
        <Button variant="default" onClick={() => setMonth(moved(month, -1))}>
          {t(agenda.previousMonth)}
        </Button>
        <Title order={2} size="h4" aria-live="polite">
          {i18n.date(utc(`${month}-01`), { month: 'long', year: 'numeric', timeZone: 'UTC' })}
        </Title>
        <Button variant="default" onClick={() => setMonth(moved(month, 1))}>
          {t(agenda.nextMonth)}
        </Button>
      </Group>
      {found.isPending && <Waiting />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && (
        <>
          <Grid month={month} byDay={byDay} />
          <Days byDay={byDay} />
        </>
      )}
    </Stack>
  );
}

type ByDay = Map<string, GatheringLine[]>;

function Grid({ month, byDay }: { month: string; byDay: ByDay }): ReactNode {
  const weeks = weeksOf(month, i18n.locale === 'en' ? 0 : 1);
  return (
    <Table className={classes.grid} withTableBorder withColumnBorders layout="fixed">
      <Table.Thead>
        <Table.Tr>
          {weeks[0]!.map((day) => (
            <Table.Th key={day} scope="col">
              {i18n.date(utc(day), { weekday: 'short', timeZone: 'UTC' })}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {weeks.map((week) => (
          <Table.Tr key={week[0]}>
            {week.map((day) => (
              <Table.Td key={day} className={classes.day}>
                {day.startsWith(month) && (
                  <>
                    <Text size="sm" c="dimmed">
                      {Number(day.slice(8))}
                    </Text>
                    <Entries entries={byDay.get(day) ?? []} />
                  </>
                )}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Days({ byDay }: { byDay: ByDay }): ReactNode {
  return (
    <Stack className={classes.days}>
      {byDay.size === 0 && <Empty>{t(agenda.noneInMonth)}</Empty>}
      {[...byDay].map(([day, entries]) => (
        <section key={day}>
          <Title order={3} size="h5">
            {i18n.date(utc(day), { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })}
          </Title>
          <Entries entries={entries} />
        </section>
      ))}
    </Stack>
  );
}

function Entries({ entries }: { entries: readonly GatheringLine[] }): ReactNode {
  return entries.map(({ id, title, startsAt, timeZone, state }) => (
    <Anchor
      key={id}
      component={Link}
      to="/gatherings/$id"
      params={{ id } as never}
      className={classes.entry}
      td={state === 'CANCELLED' ? 'line-through' : 'none'}
    >
      {`${i18n.date(startsAt, { hour: 'numeric', minute: '2-digit', timeZone })} ${title}`}
    </Anchor>
  ));
}
