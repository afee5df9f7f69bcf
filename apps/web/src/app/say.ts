import { notifications } from '@mantine/notifications';
import { t } from './i18n';
import { words } from './words';

/** Says in a corner what was done; `alert` for what was refused. */
export const say = (message: string, how: 'status' | 'alert' = 'status'): string =>
  notifications.show({
    message,
    role: how,
    closeButtonProps: { 'aria-label': t(words.close) },
    ...(how === 'alert' ? { color: 'red' } : {}),
  });
