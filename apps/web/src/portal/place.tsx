import { Anchor, type AnchorProps } from '@mantine/core';
import { useSyncExternalStore, type MouseEvent, type ReactNode } from 'react';

/** The pages of the portal, by their addresses. */
export const PLACES = {
  home: '/portal',
  consents: '/portal/consents',
  seen: '/portal/seen',
  commitments: '/portal/commitments',
  said: '/portal/said',
  certificates: '/portal/certificates',
  calendars: '/portal/calendars',
  profile: '/portal/profile',
  data: '/portal/data',
} as const;
export type Place = keyof typeof PLACES;

const MOVED = 'unionhall-moved';
const listen = (listener: () => void): (() => void) => {
  for (const event of ['popstate', MOVED]) addEventListener(event, listener);
  return () => {
    for (const event of ['popstate', MOVED]) removeEventListener(event, listener);
  };
};

/** Where in the portal the address bar is; undefined for an address that the portal does not have. */
export const usePlace = (): Place | undefined => {
  const path = useSyncExternalStore(listen, () => location.pathname.replace(/\/+$/, ''));
  return (Object.keys(PLACES) as Place[]).find((place) => PLACES[place] === path);
};

/** Goes to a page; the way back leads here. */
export function go(place: Place): void {
  history.pushState(null, '', PLACES[place]);
  dispatchEvent(new Event(MOVED));
  scrollTo(0, 0);
}

interface LinkProps extends AnchorProps {
  readonly to: Place;
  readonly here?: boolean;
  readonly children: ReactNode;
}

/** A link to a page; with a key held down, the browser opens it as it likes. */
export function PlaceLink({ to, here = false, children, ...rest }: LinkProps): ReactNode {
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return (
    <Anchor href={PLACES[to]} aria-current={here ? 'page' : undefined} onClick={follow} {...rest}>
      {children}
    </Anchor>
  );
}
