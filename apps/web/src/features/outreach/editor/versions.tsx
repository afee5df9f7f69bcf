import { List, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { moment, t } from '../../../app/i18n';
import type { Sequence } from '../sequences-query';
import { running } from './run-strings';

interface Version {
  readonly version: number;
  readonly savedAt: string;
  readonly publishedAt: string | null;
  readonly people: 'move' | 'finish' | 'stop' | null;
  readonly inside: number;
}

/** What was published when, what became of those inside, and who is in which. */
export function Versions({ sequence }: { sequence: Sequence }): ReactNode {
  const versions = sequence.versions as readonly Version[];
  if (versions.length < 2) return null;
  return (
    <Stack gap="xs" component="section" aria-label={t(running.versions)}>
      <Title order={2} size="h4">
        {t(running.versions)}
      </Title>
      <List spacing={4}>
        {versions.map(({ version, savedAt, publishedAt, people, inside }) => (
          <List.Item key={version}>
            <Text>
              <strong>{t(running.version, { n: version })}</strong>
              {': '}
              {[
                publishedAt === null
                  ? t(running.draft, { when: moment(savedAt) })
                  : t(running.publishedAt, { when: moment(publishedAt) }),
                ...(version > 1 && people !== null ? [t(running[`was_${people}`])] : []),
                ...(publishedAt === null ? [] : [t(running.stillInside, { count: inside })]),
              ].join(', ')}
            </Text>
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
