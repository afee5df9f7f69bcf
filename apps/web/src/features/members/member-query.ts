import { useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql, type ResultOf } from '../../graphql';

const MEMBER = graphql(`
  query MemberRecord($id: ID!, $contact: Boolean!, $outreach: Boolean!, $imports: Boolean!) {
    member(id: $id) {
      id
      givenName
      familyName
      status
      language
      timeZone
      city
      country
      joinedOn
      createdAt
      tags
      attendanceCount
      chapter {
        id
        name
      }
      consents(first: 20) @include(if: $contact) {
        nodes {
          id
          purpose
          channel
          state
          source
          at
        }
      }
      commitments(first: 20) {
        nodes {
          id
          kind
          status
          pledgedAt
          campaign {
            title
            slug
          }
        }
      }
      rsvps(first: 30) {
        nodes {
          id
          status
          at
          gathering {
            id
            title
            startsAt
            timeZone
          }
        }
      }
      attendances(first: 30) {
        nodes {
          id
          status
          at
          minutes
          gathering {
            id
            title
          }
        }
      }
      deliveries(first: 50) @include(if: $outreach) {
        nodes {
          id
          state
          reason
          dueAt
          decidedAt
          step {
            name
          }
        }
      }
      importRows(first: 20) @include(if: $imports) {
        nodes {
          id
          outcome
          run {
            state
            createdAt
          }
        }
      }
    }
  }
`);

export type MemberRecord = NonNullable<ResultOf<typeof MEMBER>['member']>;

/** What of a record the organizer's roles let them ask for. */
export interface RecordParts {
  readonly contact: boolean;
  readonly outreach: boolean;
  readonly imports: boolean;
}

/** One member, with all that has happened: one statement. */
export const useMember = (id: string, parts: RecordParts, enabled: boolean) =>
  useQuery({
    queryKey: ['member', id, parts],
    enabled,
    queryFn: async ({ signal }) => (await ask(MEMBER, { id, ...parts }, { signal })).member,
  });
