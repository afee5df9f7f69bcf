import { Checkbox, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../app/i18n';
import type { Theme } from './listening-query';
import { listening } from './strings';

/** Every theme with a box; those that must stay say why. */
export function ThemeChoice(props: {
  label: string;
  themes: readonly Theme[];
  chosen: string[];
  choose: (ids: string[]) => void;
  fixed?: readonly string[];
}): ReactNode {
  const { label, themes, chosen, choose, fixed = [] } = props;
  return (
    <Checkbox.Group label={label} value={chosen} onChange={(ids) => choose([...new Set([...ids, ...fixed])])}>
      <Stack gap="xs" mt="xs">
        {themes.map(({ id, name, description }) => (
          <Checkbox
            key={id}
            value={id}
            label={name}
            description={fixed.includes(id) ? t(listening.agreedHint) : description}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
