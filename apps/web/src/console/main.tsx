import { useLingui } from '@lingui/react';
import { createRootRoute, createRoute, createRouter, redirect, RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { mount } from '../app/app';
import { t } from '../app/i18n';
import { Empty, Failed, Waiting } from '../app/outcome';
import { useSession } from '../features/identity/session';
import { SignIn } from '../features/identity/sign-in';
import { identity } from '../features/identity/strings';
import { Agenda } from '../features/gatherings/agenda';
import { ImportPeople } from '../features/imports/import-people';
import { MemberRecord } from '../features/members/member-record';
import { Members } from '../features/members/members';
import { Partners } from '../features/partners/partners';
import { Shell } from './shell';
import { console_ } from './strings';

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => <Empty>{t(console_.notFound)}</Empty>,
});
const tree = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: '/members' });
    },
  }),
  createRoute({ getParentRoute: () => root, path: '/members', component: Members }),
  createRoute({ getParentRoute: () => root, path: '/members/$id', component: MemberRecord }),
  createRoute({ getParentRoute: () => root, path: '/gatherings', component: Agenda }),
  createRoute({ getParentRoute: () => root, path: '/imports', component: ImportPeople }),
  createRoute({ getParentRoute: () => root, path: '/partners', component: Partners }),
]);
const router = createRouter({
  routeTree: tree,
  basepath: '/console',
  defaultPreload: false,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** Nobody is signed in: the way in. Somebody without a role: whom to ask. Otherwise the console. */
function Console(): ReactNode {
  const { i18n } = useLingui();
  const session = useSession();
  if (session.isPending) return <Waiting />;
  if (session.isError) return <Failed error={session.error} retry={() => void session.refetch()} />;
  if (session.data.viewer === null) return <SignIn key={i18n.locale} />;
  if (session.data.viewer.grants?.nodes.length === 0) return <Empty>{t(identity.noGrant)}</Empty>;
  return <RouterProvider key={i18n.locale} router={router} />;
}

mount(<Console />);
