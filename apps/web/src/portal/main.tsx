import { Anchor, Container, Stack, Text, Title } from '@mantine/core';
import { useLingui } from '@lingui/react';
import { lazy, Suspense, type ComponentType, type LazyExoticComponent, type ReactNode } from 'react';
import { mount } from '../app/app';
import { t } from '../app/i18n';
import { Failed, Waiting } from '../app/outcome';
import { MyGatherings } from '../features/gatherings/my-gatherings';
import { useSession, type Session } from '../features/identity/session';
import { SignInAgain } from '../features/identity/sign-in-again';
import { MyConsents } from '../features/consents/my-consents';
import { mine } from '../features/members/mine-strings';
import { Frame } from './frame';
import { usePlace, type Place } from './place';
import { portal } from './strings';

type Loaded = LazyExoticComponent<ComponentType>;
const SignIn = lazy(async () => ({ default: (await import('../features/identity/sign-in')).SignIn }));
const MyLeading = lazy(() => import('../features/gatherings/my-leading'));
const PAGES: Readonly<Record<Exclude<Place, 'home'>, Loaded>> = {
  consents: lazy(() => import('../features/consents/consents-page')),
  seen: lazy(() => import('../features/consents/who-saw')),
  commitments: lazy(() => import('../features/campaigns/my-commitments')),
  said: lazy(() => import('../features/listening/my-said')),
  certificates: lazy(() => import('../features/trainings/my-certificates')),
  calendars: lazy(async () => ({
    default: (await import('../features/gatherings/calendars')).MemberCalendars,
  })),
  profile: lazy(() => import('../features/members/my-profile')),
  data: lazy(() => import('../features/members/my-data')),
};

/** Nobody is signed in: a link by mail. A member: their own pages. */
function Portal(): ReactNode {
  const { i18n } = useLingui();
  const session = useSession();
  if (session.isPending) return <Waiting />;
  if (session.isError)
    return (
      <Container size="sm" py="md" component="main">
        <Failed error={session.error} retry={() => void session.refetch()} />
      </Container>
    );
  const { viewer, me } = session.data;
  return (
    <Suspense fallback={<Waiting />}>
      {viewer === null && me === null ? (
        <SignIn key={i18n.locale} linkOnly />
      ) : (
        <Pages key={i18n.locale} me={me} />
      )}
      <SignInAgain linkOnly />
    </Suspense>
  );
}

function Pages({ me }: { me: Session['me'] }): ReactNode {
  const place = usePlace();
  const Page = place === undefined || place === 'home' ? undefined : PAGES[place];
  return (
    <Frame place={place}>
      <Suspense fallback={<Waiting />}>
        {me === null ? (
          <NoMember />
        ) : place === 'home' ? (
          <Home me={me} />
        ) : Page === undefined ? (
          <Title order={1} size="h2">
            {t(portal.notFound)}
          </Title>
        ) : (
          <Page />
        )}
      </Suspense>
    </Frame>
  );
}

function Home({ me }: { me: NonNullable<Session['me']> }): ReactNode {
  return (
    <Stack gap="xl">
      <Title order={1} size="h2">
        {t(mine.hello, { name: me.givenName || me.familyName })}
      </Title>
      <Suspense fallback={null}>
        <MyLeading />
      </Suspense>
      <MyGatherings />
      <MyConsents />
    </Stack>
  );
}

function NoMember(): ReactNode {
  return (
    <>
      <Title order={1} size="h2">
        {t(portal.home)}
      </Title>
      <Text>
        {`${t(mine.noMember)} `}
        <Anchor href="/console">{t(mine.console)}</Anchor>
      </Text>
    </>
  );
}

mount(<Portal />);
