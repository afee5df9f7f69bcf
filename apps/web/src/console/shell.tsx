import { ActionIcon, AppShell, Button, Group, Kbd, ScrollArea, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { t } from '../app/i18n';
import { Mark } from '../app/mark';
import { words } from '../app/words';
import { Foot, MENU } from './foot';
import { Icon } from './icons';
import { focusSearch, useKeys } from './keys';
import { ScopeSelect } from './scope-select';
import classes from './shell.module.css';
import { Places, Settings } from './side';
import { console_ } from './strings';

const CommandBar = lazy(() => import('./command-bar'));
const CreateMenu = lazy(() => import('./create-menu'));
const KeysHelp = lazy(() => import('./keys-help'));
type Over = 'search' | 'create' | 'help';

/** The frame of the console: where one is, in which chapter, where one can go, and what one can begin. */
export function Shell(): ReactNode {
  const [open, menu] = useDisclosure();
  const [over, setOver] = useState<Over>();
  const close = (): void => setOver(undefined);
  const help = (): void => setOver('help');
  const side = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open) side.current?.querySelector('a')?.focus();
  }, [open]);
  useKeys({
    'mod+k': () => setOver('search'),
    '/': () => void (focusSearch() || setOver('search')),
    c: () => setOver('create'),
    '?': help,
  });
  return (
    <AppShell
      header={{ height: { base: 60, sm: 0 } }}
      footer={{ height: { base: 60, sm: 0 } }}
      navbar={{ width: 248, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding="md"
    >
      <a className="skip" href="#content">
        {t(words.skip)}
      </a>
      <AppShell.Header hiddenFrom="sm">
        <Group h="100%" px="sm" gap="xs" wrap="nowrap">
          <ScopeSelect />
          <Round icon="search" label={t(console_.search)} press={() => setOver('search')} />
          <Round icon="plus" label={t(console_.create)} press={() => setOver('create')} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar
        p="xs"
        className={classes.side!}
        aria-label={t(console_.navigation)}
        ref={side}
        data-open={open || undefined}
        onKeyDown={({ key }) => {
          if (key !== 'Escape' || !open) return;
          menu.close();
          document.getElementById(MENU)?.focus();
        }}
      >
        <AppShell.Section p={4} pb="sm">
          <Stack gap="sm">
            <Mark />
            <Stack gap="xs" visibleFrom="sm">
              <ScopeSelect />
              <Group gap="xs" wrap="nowrap">
                <Button
                  variant="default"
                  className={classes.search!}
                  px="sm"
                  miw={0}
                  h={44}
                  leftSection={<Icon name="search" size={18} />}
                  rightSection={<Kbd size="xs">{'Ctrl K'}</Kbd>}
                  onClick={() => setOver('search')}
                >
                  {t(console_.find)}
                </Button>
                <Round icon="plus" label={t(console_.create)} press={() => setOver('create')} />
              </Group>
            </Stack>
          </Stack>
        </AppShell.Section>
        <AppShell.Section grow component={ScrollArea}>
          <Places gone={menu.close} />
        </AppShell.Section>
        <AppShell.Section pt="xs">
          <Settings help={help} />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
      <AppShell.Footer
        hiddenFrom="sm"
        className={classes.foot!}
        component="nav"
        aria-label={t(console_.quick)}
      >
        <Foot open={open} toggle={menu.toggle} gone={menu.close} />
      </AppShell.Footer>
      <Suspense>
        {over === 'search' && <CommandBar close={close} />}
        {over === 'create' && <CreateMenu close={close} />}
        {over === 'help' && <KeysHelp close={close} />}
      </Suspense>
    </AppShell>
  );
}

function Round({
  icon,
  label,
  press,
}: {
  icon: 'search' | 'plus';
  label: string;
  press: () => void;
}): ReactNode {
  return (
    <ActionIcon variant={icon === 'plus' ? 'filled' : 'default'} size={44} aria-label={label} onClick={press}>
      <Icon name={icon} />
    </ActionIcon>
  );
}
