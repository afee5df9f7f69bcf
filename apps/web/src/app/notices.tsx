import '@mantine/notifications/styles.css';
import { Notifications, notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { t } from './i18n';
import { words } from './words';

export interface Notice {
  readonly message: string;
  readonly how: 'status' | 'alert';
}

/** Shows a message in the corner. */
export const show = ({ message, how }: Notice): string =>
  notifications.show({
    message,
    role: how,
    closeButtonProps: { 'aria-label': t(words.close) },
    ...(how === 'alert' ? { color: 'red' } : {}),
  });

/** The corner where messages stand. */
export default function Notices(): ReactNode {
  return <Notifications position="bottom-center" />;
}
