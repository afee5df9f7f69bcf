import { useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql, type ResultOf } from '../../graphql';

const CHAPTERS = graphql(`
  query Chapters($after: String) {
    chapters(first: 100, after: $after, orderBy: TREE) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        kind
        timeZone
        depth
        memberCount
      }
    }
  }
`);

type Chapter = ResultOf<typeof CHAPTERS>['chapters']['nodes'][number];

async function all(signal: AbortSignal): Promise<Chapter[]> {
  const found: Chapter[] = [];
  for (let after: string | null = null; ;) {
    const { chapters }: ResultOf<typeof CHAPTERS> = await ask(CHAPTERS, { after }, { signal });
    found.push(...chapters.nodes);
    if (!chapters.pageInfo.hasNextPage) return found;
    after = chapters.pageInfo.endCursor;
  }
}

/** The chapters that the organizer may look into, those below after those above (elsewhere the count of members is kept from them). */
export const useChapters = () =>
  useQuery({
    queryKey: ['chapters'],
    staleTime: 600_000,
    queryFn: async ({ signal }) => (await all(signal)).filter(({ memberCount }) => memberCount !== null),
  });
