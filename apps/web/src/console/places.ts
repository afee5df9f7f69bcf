import type { Permission } from '../features/identity/permissions';
import type { IconName } from './icons';
import { console_ } from './strings';

/** Where one can go; a place that needs a permission is not shown to who does not hold it anywhere. */
export interface Place {
  readonly to: string;
  readonly word: string;
  readonly icon: IconName;
  readonly needs?: Permission;
}

/** The daily places: four of them stand at the foot of a phone. */
export const DAILY: readonly Place[] = [
  { to: '/', word: console_.home, icon: 'home' },
  { to: '/members', word: console_.members, icon: 'members', needs: 'members.read' },
  { to: '/gatherings', word: console_.gatherings, icon: 'gatherings' },
  { to: '/sequences', word: console_.outreach, icon: 'outreach', needs: 'outreach.run' },
  { to: '/campaigns', word: console_.campaigns, icon: 'campaigns' },
  { to: '/inbox', word: console_.inbox, icon: 'mailbox', needs: 'outreach.run' },
];

/** What is set up now and then. */
export const SETUP: readonly Place[] = [
  { to: '/chapters', word: console_.chapters, icon: 'chapters' },
  { to: '/imports', word: console_.imports, icon: 'imports', needs: 'members.import' },
  { to: '/roles', word: console_.roles, icon: 'roles', needs: 'grants.manage' },
  { to: '/partners', word: console_.partners, icon: 'partners', needs: 'partners.manage' },
];

/** What one can begin from anywhere. */
export const BEGINNINGS: readonly (Place & { readonly search?: Readonly<Record<string, string>> })[] = [
  {
    to: '/gatherings/new',
    search: { kind: 'TRAINING' },
    word: console_.newTraining,
    icon: 'gatherings',
    needs: 'gatherings.edit',
  },
  {
    to: '/gatherings/new',
    search: { kind: 'LISTENING_SESSION' },
    word: console_.newListening,
    icon: 'gatherings',
    needs: 'gatherings.edit',
  },
  { to: '/campaigns/new', word: console_.newCampaign, icon: 'campaigns', needs: 'campaigns.edit' },
  { to: '/imports', word: console_.imports, icon: 'imports', needs: 'members.import' },
];

/** Whether a place is where one is; what stands below it counts. */
export const isAt = (to: string, path: string): boolean =>
  to === '/' ? /^(\/console)?\/?$/.test(path) : new RegExp(`^(/console)?${to}(/|$)`).test(path);
