import { Checkbox, Group } from '@mantine/core';
import type { ReactNode } from 'react';

/** Any of a few, each with its word. */
export function Checks(props: {
  label: string;
  all: readonly { readonly value: string; readonly label: string }[];
  chosen: readonly string[];
  choose: (chosen: readonly string[]) => void;
}): ReactNode {
  const { label, all, chosen, choose } = props;
  return (
    <Checkbox.Group label={label} value={[...chosen]} onChange={choose}>
      <Group gap="md" mt={6}>
        {all.map((one) => (
          <Checkbox key={one.value} value={one.value} label={one.label} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
