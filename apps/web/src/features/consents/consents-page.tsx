import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import { MyConsents } from './my-consents';
import { SharedWith } from './shared-with';
import { StopEverything } from './stop-everything';
import { allowing } from './page-strings';

/** Everything a member allows: to the union, and to each partner of the coalition. */
export default function ConsentsPage(): ReactNode {
  return (
    <Stack gap="xl">
      <Title order={1} size="h2">
        {t(allowing.title)}
      </Title>
      <MyConsents everything />
      <StopEverything />
      <SharedWith />
    </Stack>
  );
}
