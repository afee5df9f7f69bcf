import { Button, Container, NativeSelect, Stack, useMantineColorScheme } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { i18n, LANGUAGES, speak, t, type Language } from '../app/i18n';
import { Mark } from '../app/mark';
import { words } from '../app/words';
import { useSignOut } from '../features/identity/session';
import { PLACES, PlaceLink, type Place } from './place';
import classes from './portal.module.css';
import { portal } from './strings';

/** Names the page, and brings the focus to it when the member has gone there. */
function useArrival(place: Place | undefined): void {
  const first = useRef(true);
  useEffect(() => {
    document.title = `${place === undefined ? t(portal.notFound) : t(portal[place])} – Unionhall`;
    if (!first.current) document.getElementById('content')?.focus();
    first.current = false;
  }, [place]);
}

/** The frame of the portal: where one is, where one can go, and how it looks. */
export function Frame({ place, children }: { place: Place | undefined; children: ReactNode }): ReactNode {
  const signOut = useSignOut();
  useArrival(place);
  return (
    <Container size="sm" py="md">
      <a className="skip" href="#content">
        {t(words.skip)}
      </a>
      <Stack gap="lg">
        <header>
          <Stack gap="xs">
            <div className={classes.top}>
              <Mark />
              <Button variant="default" onClick={() => signOut.mutate()} loading={signOut.isPending}>
                {t(words.signOut)}
              </Button>
            </div>
            <nav aria-label={t(portal.places)} className={classes.places}>
              {(Object.keys(PLACES) as Place[]).map((one) => (
                <PlaceLink key={one} to={one} here={one === place} className={classes.place}>
                  {t(portal[one])}
                </PlaceLink>
              ))}
            </nav>
          </Stack>
        </header>
        <main id="content" tabIndex={-1}>
          {children}
        </main>
      </Stack>
      <Foot />
    </Container>
  );
}

function Foot(): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <footer className={classes.foot}>
      <NativeSelect
        label={t(words.language)}
        value={i18n.locale}
        onChange={(event) => speak(event.currentTarget.value as Language)}
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
      />
      <NativeSelect
        label={t(portal.scheme)}
        value={colorScheme}
        onChange={(event) => setColorScheme(event.currentTarget.value as typeof colorScheme)}
        data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t(portal[value]) }))}
      />
    </footer>
  );
}
