import { useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql } from '../../graphql';

const MY_PERMISSIONS = graphql(`
  query MyPermissions {
    myPermissions
    localMailbox
  }
`);

/** What the console asks about, by the names of the permission table. */
export type Permission =
  | 'members.read'
  | 'members.contact'
  | 'members.edit'
  | 'members.import'
  | 'chapters.edit'
  | 'gatherings.read'
  | 'gatherings.edit'
  | 'campaigns.edit'
  | 'outreach.run'
  | 'partners.manage'
  | 'grants.manage';

const usePermissions = () =>
  useQuery({
    queryKey: ['permissions'],
    staleTime: 60_000,
    queryFn: ({ signal }) => ask(MY_PERMISSIONS, {}, { signal }),
  });

/**
 * Says what the organizer may do in at least one chapter, so that a screen need not offer the rest; until that
 * is known, nothing. The API decides each time by itself.
 */
export function useMay(): { may: (permission: Permission) => boolean; known: boolean } {
  const { data } = usePermissions();
  return {
    may: (permission) => data?.myPermissions.includes(permission) === true,
    known: data !== undefined,
  };
}

/** Where mail is read that the union keeps instead of sending; null when it sends. */
export const useLocalMailbox = (): string | null => usePermissions().data?.localMailbox ?? null;
