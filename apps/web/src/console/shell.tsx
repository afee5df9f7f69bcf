import {
  ActionIcon,
  AppShell,
  Burger,
  Group,
  NavLink,
  NativeSelect,
  ScrollArea,
  Stack,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { i18n, LANGUAGES, speak, t, type Language } from '../app/i18n';
import { Mark } from '../app/mark';
import { words } from '../app/words';
import { useChapters } from '../features/chapters/chapters';
import { useSignOut } from '../features/identity/session';
import { useScope } from './scope';
import { console_ } from './strings';

const PLACES = [
  { to: '/members', word: console_.members },
  { to: '/gatherings', word: console_.gatherings },
  { to: '/sequences', word: console_.outreach },
  { to: '/campaigns', word: console_.campaigns },
  { to: '/imports', word: console_.imports },
  { to: '/partners', word: console_.partners },
] as const;

/** The frame of the console: where one is, in which chapter, and where one can go. */
export function Shell(): ReactNode {
  const [open, { toggle, close }] = useDisclosure();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const signOut = useSignOut();
  const { toggleColorScheme } = useMantineColorScheme();
  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 240, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding="md"
    >
      <a className="skip" href="#content">
        {t(words.skip)}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group wrap="nowrap">
            <Burger
              opened={open}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t(console_.menu)}
              aria-expanded={open}
            />
            <Mark />
          </Group>
          <ScopeSelect />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t(console_.navigation)}>
        <AppShell.Section grow component={ScrollArea}>
          {PLACES.map(({ to, word }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={t(word)}
              active={path.includes(to)}
              aria-current={path.includes(to) ? 'page' : undefined}
              onClick={close}
            />
          ))}
        </AppShell.Section>
        <AppShell.Section>
          <Stack gap="xs" p="xs">
            <Group gap="xs" wrap="nowrap">
              <NativeSelect
                aria-label={t(words.language)}
                flex={1}
                value={i18n.locale}
                onChange={(event) => speak(event.currentTarget.value as Language)}
                data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
              />
              <ActionIcon
                variant="default"
                size={36}
                onClick={toggleColorScheme}
                aria-label={t(words.scheme)}
              >
                {'◐'}
              </ActionIcon>
            </Group>
            <NavLink component="button" label={t(words.signOut)} onClick={() => signOut.mutate()} />
          </Stack>
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

function ScopeSelect(): ReactNode {
  const [scope, setScope] = useScope();
  const chapters = useChapters();
  return (
    <NativeSelect
      aria-label={t(console_.scope)}
      maw={240}
      value={scope}
      onChange={(event) => setScope(event.currentTarget.value)}
      data={[
        { value: '', label: t(console_.everywhere) },
        ...(chapters.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
