import { Anchor, Button, Container, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useLingui } from '@lingui/react';
import { lazy, Suspense, type ReactNode } from 'react';
import { mount } from '../app/app';
import { LANGUAGES, speak, t, type Language } from '../app/i18n';
import { Mark } from '../app/mark';
import { Failed, Waiting } from '../app/outcome';
import { words } from '../app/words';
import { MyCommitments } from '../features/campaigns/my-commitments';
import { MyConsents } from '../features/consents/my-consents';
import { WhoSaw } from '../features/consents/who-saw';
import { MyGatherings } from '../features/gatherings/my-gatherings';
import { useSession, useSignOut } from '../features/identity/session';
import { SignInAgain } from '../features/identity/sign-in-again';
import { mine } from '../features/members/mine-strings';

const SignIn = lazy(async () => ({ default: (await import('../features/identity/sign-in')).SignIn }));

/** Nobody is signed in: a link by mail. A member: their own page. */
function Portal(): ReactNode {
  const { i18n } = useLingui();
  const session = useSession();
  if (session.isPending) return <Waiting />;
  if (session.isError) return <Failed error={session.error} retry={() => void session.refetch()} />;
  const { viewer, me } = session.data;
  if (viewer === null && me === null)
    return (
      <Suspense fallback={<Waiting />}>
        <SignIn key={i18n.locale} linkOnly />
      </Suspense>
    );
  return (
    <Container size="sm" py="md" key={i18n.locale}>
      <Stack gap="xl">
        <Top />
        <main id="content">
          {me === null ? (
            <Text>
              {`${t(mine.noMember)} `}
              <Anchor href="/console">{t(mine.console)}</Anchor>
            </Text>
          ) : (
            <Stack gap="xl">
              <Title order={1} size="h2">
                {t(mine.hello, { name: me.givenName || me.familyName })}
              </Title>
              <MyGatherings />
              <MyConsents />
              <MyCommitments />
              <WhoSaw />
            </Stack>
          )}
        </main>
        <SignInAgain linkOnly />
      </Stack>
    </Container>
  );
}

function Top(): ReactNode {
  const { i18n } = useLingui();
  const signOut = useSignOut();
  return (
    <Group component="header" justify="space-between">
      <Mark />
      <Group gap="xs">
        <NativeSelect
          aria-label={t(words.language)}
          value={i18n.locale}
          onChange={(event) => speak(event.currentTarget.value as Language)}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        />
        <Button variant="default" onClick={() => signOut.mutate()}>
          {t(words.signOut)}
        </Button>
      </Group>
    </Group>
  );
}

mount(<Portal />);
