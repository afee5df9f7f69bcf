import { Box, Group, NavLink, NativeSelect, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { i18n, LANGUAGES, speak, t, type Language } from '../app/i18n';
import { words } from '../app/words';
import { useLocalMailbox, useMay } from '../features/identity/permissions';
import { useSession, useSignOut } from '../features/identity/session';
import { Icon } from './icons';
import { DAILY, isAt, SETUP, type Place } from './places';
import classes from './shell.module.css';
import { console_ } from './strings';

/** All places that the organizer has, a group each for what is daily and what is set up now and then. */
export function Places({ gone }: { gone: () => void }): ReactNode {
  const { may } = useMay();
  const mailbox = useLocalMailbox();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const open = ({ needs }: Place): boolean => needs === undefined || may(needs);
  const link = ({ to, word, icon }: Place): ReactNode => (
    <NavLink
      key={to}
      component={Link}
      to={to}
      className={classes.place!}
      leftSection={<Icon name={icon} />}
      label={t(word)}
      active={isAt(to, path)}
      aria-current={isAt(to, path) ? 'page' : undefined}
      onClick={gone}
    />
  );
  return (
    <>
      {DAILY.filter(open).map(link)}
      <Text className={classes.group!}>{t(console_.setup)}</Text>
      {SETUP.filter(open).map(link)}
      {mailbox !== null && (
        <NavLink
          href={mailbox}
          className={classes.place!}
          leftSection={<Icon name="mailbox" />}
          label={t(console_.mailbox)}
        />
      )}
    </>
  );
}

const SCHEMES = ['auto', 'light', 'dark'] as const;

/** Who is signed in, the language, the light, the keys, and the way out. */
export function Settings({ help }: { help: () => void }): ReactNode {
  const signOut = useSignOut();
  const email = useSession().data?.viewer?.email ?? '';
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Stack gap={4}>
      <Group gap="xs" wrap="nowrap" px={4}>
        <NativeSelect
          aria-label={t(words.language)}
          flex={1}
          miw={0}
          value={i18n.locale}
          onChange={(event) => speak(event.currentTarget.value as Language)}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        />
        <NativeSelect
          aria-label={t(console_.scheme)}
          flex={1}
          miw={0}
          value={colorScheme}
          onChange={(event) => setColorScheme(event.currentTarget.value as (typeof SCHEMES)[number])}
          data={SCHEMES.map((value) => ({ value, label: t(console_[value]) }))}
        />
      </Group>
      <Box visibleFrom="sm">
        <NavLink
          component="button"
          className={classes.place!}
          leftSection={<Icon name="keyboard" />}
          label={t(console_.keys)}
          onClick={help}
        />
      </Box>
      <NavLink
        component="button"
        className={classes.place!}
        leftSection={<Icon name="leave" />}
        label={t(words.signOut)}
        description={email}
        onClick={() => signOut.mutate()}
      />
    </Stack>
  );
}
