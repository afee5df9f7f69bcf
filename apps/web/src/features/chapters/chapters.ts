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
      }
    }
  }
`);

/** The chapters of the union, to choose from. */
export const useChapters = () =>
  useQuery({
    queryKey: ['chapters'],
    staleTime: 600_000,
    queryFn: async ({ signal }) => (await ask(CHAPTERS, {}, { signal })).chapters.nodes,
  });
