import { Button, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { ErrorSummary, problemsOf } from '../../app/error-summary';
import { moment, t } from '../../app/i18n';
import { MainAction } from '../../app/main-action';
import { starting } from './start-strings';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Who gets what and when, and who gets nothing: the last look before it starts. */
export function ReviewSegment(props: {
  count: number;
  gathering: { startsAt: string; endsAt: string; timeZone: string };
  error: unknown;
  sending: boolean;
  confirm: () => void;
  back: () => void;
}): ReactNode {
  const { count, gathering, error, sending, confirm, back } = props;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const reminder = new Date(new Date(gathering.startsAt).getTime() - DAY);
  const after = new Date(new Date(gathering.endsAt).getTime() + HOUR).toISOString();
  const follow = t(starting.after, { when: moment(after, gathering.timeZone) });
  const plan = [
    [t(starting.at), t(starting.invitation, { count })],
    [
      reminder < new Date() ? t(starting.soon) : moment(reminder.toISOString(), gathering.timeZone),
      t(starting.reminder),
    ],
    [follow, t(starting.thanks)],
    [follow, t(starting.missed)],
  ] as const;
  return (
    <Stack>
      <ErrorSummary problems={error === null ? [] : problemsOf(error, () => undefined)} />
      <Title order={2} size="h4" ref={title} tabIndex={-1}>
        {t(starting.what)}
      </Title>
      <Paper withBorder p="md">
        <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
          {plan.map(([when, what]) => (
            <li key={what}>
              <Text c="dimmed" size="sm">
                {when}
              </Text>
              <Text fw={600}>{what}</Text>
            </li>
          ))}
          <li>
            <Text>{t(starting.unknown)}</Text>
          </li>
        </Stack>
      </Paper>
      <Title order={2} size="h4">
        {t(starting.whoNot)}
      </Title>
      <List>
        <List.Item>{t(starting.noConsent)}</List.Item>
        <List.Item>{t(starting.noAddress)}</List.Item>
        <List.Item>{t(starting.doubles)}</List.Item>
      </List>
      <Text>{t(starting.shown)}</Text>
      <MainAction>
        <Button size="md" loading={sending} onClick={confirm}>
          {t(starting.confirm, { count })}
        </Button>
        <Button size="md" variant="default" onClick={back}>
          {t(starting.back)}
        </Button>
      </MainAction>
    </Stack>
  );
}
