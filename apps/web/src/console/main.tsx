import { useLingui } from '@lingui/react';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  RouterProvider,
} from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { mount } from '../app/app';
import { t } from '../app/i18n';
import { Empty, Failed, Waiting } from '../app/outcome';
import { useSession } from '../features/identity/session';
import { SignInAgain } from '../features/identity/sign-in-again';
import { identity } from '../features/identity/strings';
import { Shell } from './shell';
import { console_ } from './strings';

const SignIn = lazy(async () => ({ default: (await import('../features/identity/sign-in')).SignIn }));

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => <Empty>{t(console_.notFound)}</Empty>,
});
const tree = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => import('./home'), 'Home'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/members',
    component: lazyRouteComponent(() => import('../features/members/members'), 'Members'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/members/$id',
    component: lazyRouteComponent(() => import('../features/members/member-record'), 'MemberRecord'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/imports',
    component: lazyRouteComponent(() => import('../features/imports/import-people'), 'ImportPeople'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/imports/$id',
    component: lazyRouteComponent(() => import('../features/imports/import-page'), 'ImportPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/chapters',
    component: lazyRouteComponent(() => import('../features/chapters/chapter-tree'), 'ChapterTree'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/roles',
    component: lazyRouteComponent(() => import('../features/identity/roles'), 'Roles'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/gatherings',
    component: lazyRouteComponent(() => import('../features/gatherings/agenda'), 'Agenda'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/gatherings/new',
    component: lazyRouteComponent(() => import('../features/gatherings/schedule'), 'Schedule'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/gatherings/turnout',
    component: lazyRouteComponent(() => import('../features/gatherings/turnout'), 'Turnout'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/gatherings/calendars',
    component: lazyRouteComponent(() => import('../features/gatherings/calendars'), 'OrganizerCalendars'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/gatherings/$id',
    component: lazyRouteComponent(() => import('../features/gatherings/gathering'), 'GatheringPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/gatherings/$id/edit',
    component: lazyRouteComponent(() => import('../features/gatherings/edit-gathering'), 'EditGathering'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/gatherings/$id/listening',
    component: lazyRouteComponent(() => import('../features/listening/desk'), 'ListeningDesk'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/gatherings/$id/outreach',
    component: lazyRouteComponent(() => import('../features/outreach/start-outreach'), 'StartOutreach'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/courses',
    component: lazyRouteComponent(() => import('../features/trainings/courses'), 'Courses'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/courses/new',
    component: lazyRouteComponent(() => import('../features/trainings/course'), 'NewCourse'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/courses/ready',
    component: lazyRouteComponent(() => import('../features/trainings/ready'), 'Ready'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/courses/$id',
    component: lazyRouteComponent(() => import('../features/trainings/course'), 'CoursePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sequences',
    component: lazyRouteComponent(() => import('../features/outreach/sequences'), 'Sequences'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sequences/new',
    component: lazyRouteComponent(() => import('../features/outreach/editor/new-sequence'), 'NewSequence'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sequences/$id/edit',
    component: lazyRouteComponent(() => import('../features/outreach/editor/edit-sequence'), 'EditSequence'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sequences/$id',
    component: lazyRouteComponent(() => import('../features/outreach/sequence'), 'SequencePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/inbox',
    component: lazyRouteComponent(() => import('../features/outreach/inbox'), 'Inbox'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/templates',
    component: lazyRouteComponent(() => import('../features/outreach/templates'), 'Templates'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/templates/new',
    component: lazyRouteComponent(() => import('../features/outreach/template-new'), 'NewTemplate'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/templates/$id',
    component: lazyRouteComponent(() => import('../features/outreach/template'), 'TemplatePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/campaigns',
    component: lazyRouteComponent(() => import('../features/campaigns/campaigns'), 'Campaigns'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/campaigns/new',
    component: lazyRouteComponent(() => import('../features/campaigns/new-campaign'), 'NewCampaign'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/campaigns/$slug',
    component: lazyRouteComponent(() => import('../features/campaigns/campaign'), 'CampaignPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/partners',
    component: lazyRouteComponent(() => import('../features/partners/partners'), 'Partners'),
  }),
]);
const router = createRouter({
  routeTree: tree,
  basepath: '/console',
  defaultPreload: 'intent',
  defaultPendingComponent: Waiting,
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
  if (session.data.viewer === null)
    return (
      <Suspense fallback={<Waiting />}>
        <SignIn key={i18n.locale} />
      </Suspense>
    );
  if (session.data.viewer.grants?.nodes.length === 0) return <Empty>{t(identity.noGrant)}</Empty>;
  return (
    <>
      <RouterProvider key={i18n.locale} router={router} />
      <SignInAgain />
    </>
  );
}

mount(<Console />);
