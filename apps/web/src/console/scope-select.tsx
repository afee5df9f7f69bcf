import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../app/i18n';
import { useChapters } from '../features/chapters/chapters';
import { Icon } from './icons';
import { useScope } from './scope';
import { console_ } from './strings';

/** In which chapter one works, always in sight; those below stand in from those above. */
export function ScopeSelect(): ReactNode {
  const [scope, setScope] = useScope();
  const chapters = useChapters();
  const known = chapters.data ?? [];
  const top = Math.min(...known.map(({ depth }) => depth));
  return (
    <NativeSelect
      aria-label={t(console_.scope)}
      leftSection={<Icon name="scope" size={18} />}
      value={scope}
      miw={0}
      flex={1}
      styles={{ input: { minHeight: 44, textOverflow: 'ellipsis', fontWeight: 600 } }}
      onChange={(event) => setScope(event.currentTarget.value)}
      data={[
        { value: '', label: t(console_.everywhere) },
        ...known.map(({ id, name, depth }) => ({
          value: id,
          label: `${'\u2003'.repeat(depth - top)}${name}`,
        })),
      ]}
    />
  );
}
