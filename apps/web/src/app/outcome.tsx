import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from './i18n';
import { reasonOf } from './reason';
import { words } from './words';

export { reasonOf };

/** Says what failed, and offers to try again. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }): ReactNode {
  return (
    <Alert role="alert" color="red" variant="outline" title={t(words.failed)}>
      <Stack gap="xs" align="flex-start">
        <Text c="var(--mantine-color-text)">{reasonOf(error)}</Text>
        {retry !== undefined && (
          <Button variant="default" onClick={retry}>
            {t(words.retry)}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** Rows that stand where data will. */
export function Waiting({ rows = 6 }: { rows?: number }): ReactNode {
  return (
    <Stack gap="xs" aria-busy="true" aria-label={t(words.loading)} role="status">
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={40} />
      ))}
    </Stack>
  );
}

/** One sentence and one action where there is nothing yet. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }): ReactNode {
  return (
    <Group justify="center" p="xl">
      <Stack align="center">
        <Text c="dimmed">{children}</Text>
        {action}
      </Stack>
    </Group>
  );
}
