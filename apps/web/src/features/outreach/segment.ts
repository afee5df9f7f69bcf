import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql } from '../../graphql';

const SEGMENT = graphql(`
  query Segment($filter: MemberFilter!) {
    members(first: 10, orderBy: NAME, filter: $filter) {
      totalCount
      nodes {
        id
        givenName
        familyName
        chapter {
          name
        }
      }
    }
  }
`);

export const STATUSES = ['PROSPECT', 'MEMBER', 'LAPSED', 'FORMER'] as const;
export type Status = (typeof STATUSES)[number];

/** Who is meant, as it is being chosen; empty texts are no condition. */
export interface Segment {
  readonly chapterId: string;
  readonly language: string;
  readonly status: Status | '';
  readonly tag: string;
}

/** Everyone that a segment means: how many, and the first ten. */
export const useSegment = (segment: Segment) =>
  useQuery({
    queryKey: ['segment', segment],
    enabled: segment.chapterId !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const { chapterId, language, status, tag } = segment;
      const filter = {
        within: chapterId,
        ...(language === '' ? {} : { language: { eq: language } }),
        ...(status === '' ? {} : { status: { eq: status } }),
        ...(tag.trim() === '' ? {} : { tag: tag.trim() }),
      };
      return (await ask(SEGMENT, { filter }, { signal })).members;
    },
  });

/** The segment as the API takes it. */
export const inputOf = ({ chapterId, language, status, tag }: Segment) => ({
  chapterId,
  language: language === '' ? null : language,
  status: status === '' ? null : status,
  tag: tag.trim() === '' ? null : tag.trim(),
});
