import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './main-action.module.css';

/**
 * The main actions of a screen: at the foot of a phone, always in reach of the thumb. Those of a list
 * stand above it where there is room.
 */
export function MainAction({
  ofList = false,
  children,
}: {
  ofList?: boolean;
  children: ReactNode;
}): ReactNode {
  return (
    <Group className={classes.bar} mod={{ 'of-list': ofList }}>
      {children}
    </Group>
  );
}
