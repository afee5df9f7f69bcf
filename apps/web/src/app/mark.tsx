import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import mark from './mark.svg';

/** The union's mark and name. */
export function Mark(): ReactNode {
  return (
    <Group gap="xs" wrap="nowrap">
      <img src={mark} width={32} height={32} alt="" />
      <Text component="span" fw={700} ff="heading" size="lg">
        {'Unionhall'}
      </Text>
    </Group>
  );
}
