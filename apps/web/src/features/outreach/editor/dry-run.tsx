import { List, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { moment, t } from '../../../app/i18n';
import { nameOf } from '../../members/name';
import { reasonWords } from '../step-words';
import type { DryRunFound } from './dry-run-query';
import { forms } from './form-strings';
import { running } from './run-strings';

const SOME = 3;
const channelOf = (channel: string): string => t(channel === 'sms' ? forms.sms : forms.email);

/** Who would get what, when; and who would not, and why. */
export function DryRun({ found }: { found: DryRunFound }): ReactNode {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [found]);
  return (
    <Paper withBorder p="md" component="section" aria-label={t(running.dryTitle)}>
      <Stack gap="xs">
        <Title order={2} size="h4" ref={title} tabIndex={-1}>
          {t(running.dryTitle)}
        </Title>
        <Text>
          <strong>{t(running.audience, { count: found.audience })}</strong> {t(running.dryNothing)}
        </Text>
        {found.needsApproval && <Text>{t(running.needsApproval)}</Text>}
        <List spacing={4}>
          {found.reachable.map(({ channel, total }) => (
            <List.Item key={channel}>
              {t(running.reachable, { count: total, channel: channelOf(channel) })}
            </List.Item>
          ))}
          {found.refused.map(({ channel, reason, total, members }) => (
            <List.Item key={`${channel} ${reason}`}>
              {t(running.refused, { count: total, channel: channelOf(channel), reason: reasonWords(reason) })}
              {members.length > 0 && (
                <Text size="sm" c="dimmed">
                  {`${t(running.forExample)}: ${members.slice(0, SOME).map(nameOf).join(', ')}`}
                </Text>
              )}
            </List.Item>
          ))}
        </List>
        <List type="ordered" spacing={4}>
          {found.messages.map(({ key, name, at, conditional, tooLate }) => (
            <List.Item key={key}>
              {[
                at === null ? t(running.onNews, { name }) : t(running.at, { name, when: moment(at) }),
                ...(conditional ? [t(running.conditional)] : []),
                ...(tooLate ? [t(running.tooLate)] : []),
              ].join('; ')}
            </List.Item>
          ))}
        </List>
      </Stack>
    </Paper>
  );
}
