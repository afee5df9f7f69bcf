import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './main-action.module.css';

/** The main actions of a screen: at the foot of a phone, always in reach of the thumb. */
export function MainAction({ children }: { children: ReactNode }): ReactNode {
  return <Group className={classes.bar}>{children}</Group>;
}
