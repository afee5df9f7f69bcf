import { Anchor, Stack, Title } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import { ImportPreview } from './import-preview';
import { imports } from './strings';

/** One import: what it would change, how far it is, and the way back. */
export function ImportPage(): ReactNode {
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  return (
    <Stack maw={1000}>
      <div>
        <Anchor component={Link} to="/imports" size="sm">
          {t(imports.all)}
        </Anchor>
        <Title order={1} size="h2">
          {t(imports.title)}
        </Title>
      </div>
      <ImportPreview key={id} id={id} another={() => void navigate({ to: '/imports' })} />
    </Stack>
  );
}
