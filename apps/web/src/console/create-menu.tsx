import { Button, Modal, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { KeyboardEvent, ReactNode } from 'react';
import { t } from '../app/i18n';
import { words } from '../app/words';
import { useMay } from '../features/identity/permissions';
import { Icon } from './icons';
import { BEGINNINGS } from './places';
import { console_ } from './strings';

/** Moves the focus along the buttons of a list by arrow keys. */
function along(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('a')];
  all.at((all.indexOf(document.activeElement as HTMLElement) + step) % all.length)?.focus();
}

/** What one can begin, wherever one is. */
export default function CreateMenu({ close }: { close: () => void }): ReactNode {
  const { may } = useMay();
  const begin = BEGINNINGS.filter(({ needs }) => needs === undefined || may(needs));
  return (
    <Modal
      opened
      onClose={close}
      title={t(console_.createWhat)}
      closeButtonProps={{ 'aria-label': t(words.close) }}
    >
      <Stack gap="xs" onKeyDown={along}>
        {begin.map(({ to, search, word, icon }, index) => (
          <Button
            key={word}
            component={Link}
            to={to}
            search={search as never}
            variant="default"
            size="md"
            h={52}
            justify="flex-start"
            leftSection={<Icon name={icon} />}
            onClick={close}
            data-autofocus={index === 0 || undefined}
          >
            {t(word)}
          </Button>
        ))}
      </Stack>
    </Modal>
  );
}
