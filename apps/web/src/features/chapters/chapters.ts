import { useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql } from '../../graphql';

const CHAPTERS = graphql(`
  query Chapters {
    chapters(first: 100) {
      nodes {
        id
        name
        kind
        timeZone
        memberCount
      }
    }
  }
`);

/** The chapters that the organizer may look into (elsewhere the count of members is kept from them). */
export const useChapters = () =>
  useQuery({
    queryKey: ['chapters'],
    staleTime: 600_000,
    queryFn: async ({ signal }) =>
      (await ask(CHAPTERS, {}, { signal })).chapters.nodes.filter(({ memberCount }) => memberCount !== null),
  });
