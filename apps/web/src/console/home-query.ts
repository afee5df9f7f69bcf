import { useQuery } from '@tanstack/react-query';
import { ask } from '../app/ask';
import { graphql } from '../graphql';

const TODAY = graphql(`
  query Today(
    $gatherings: GatheringFilter
    $sequences: SequenceFilter
    $outreach: Boolean!
    $imports: Boolean!
  ) {
    gatherings(first: 5, filter: $gatherings, orderBy: STARTS_AT) {
      nodes {
        id
        title
        startsAt
        timeZone
        goingCount
        chapter {
          name
        }
      }
    }
    sequences(first: 25, filter: $sequences) @include(if: $outreach) {
      nodes {
        id
        title
        state
        activeCount
        enrolledCount
      }
    }
    replies(first: 3, filter: { handledAt: { isNull: true } }) @include(if: $outreach) {
      nodes {
        id
        body
        at
        asksToStop
        member {
          id
          givenName
          familyName
        }
      }
    }
    tasks(first: 3, filter: { open: true }) @include(if: $outreach) {
      nodes {
        id
        title
        madeAt
        member {
          id
          givenName
          familyName
        }
      }
    }
    importRuns(first: 5, filter: { open: true }) @include(if: $imports) {
      nodes {
        id
        state
        rowCount
        createdAt
        chapter {
          name
        }
      }
    }
  }
`);

/** What is to come and what is under way in a chapter and below it; only what the organizer may see is asked for. */
export const useToday = (scope: string, may: { outreach: boolean; imports: boolean }, enabled: boolean) =>
  useQuery({
    queryKey: ['today', scope, may],
    enabled,
    queryFn: ({ signal }) => {
      const within = scope === '' ? {} : { within: scope };
      const gatherings = { ...within, from: new Date().toISOString() };
      return ask(TODAY, { gatherings, sequences: within, ...may }, { signal });
    },
  });
