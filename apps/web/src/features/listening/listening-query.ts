import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql, type ResultOf } from '../../graphql';

const SESSION = graphql(`
  query ListeningSession($id: ID!) {
    gathering(id: $id) {
      id
      kind
      title
      language
      chapter {
        id
        name
      }
    }
    testimonyConsentWordings {
      version
      current
      en
      es
    }
  }
`);
const SPOKEN = graphql(`
  query Spoken($filter: TestimonyPageFilter, $after: ID) {
    testimonyPage(filter: $filter, first: 20, after: $after) {
      next
      nodes {
        id
        language
        quote
        namedAs
        sharedWith
        codedCount
        settled
        texts {
          id
          kind
          language
          text
          machine
          madeBy
          reviewedAt
        }
        codings {
          mine
          submitted
          themes {
            id
            name
          }
        }
        themes {
          id
          name
        }
      }
    }
  }
`);
const USABLE = graphql(`
  query UsableThemes($filter: ThemeFilter, $after: String) {
    themes(first: 100, after: $after, filter: $filter) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        description
      }
    }
  }
`);
const COUNTS = graphql(`
  query ThemeCounts($id: ID!) {
    themeCounts(chapterId: $id) {
      themeId
      persons
      suppressed
      trend
      byLanguage {
        name
        persons
      }
    }
  }
`);
const AGREEMENT = graphql(`
  query Agreement($id: ID!) {
    codingAgreement(gatheringId: $id) {
      testimonies
      pooled {
        both
        first
        second
        neither
        kappa
        share
      }
      themes {
        themeId
        name
        both
        first
        second
        neither
        kappa
        share
      }
    }
  }
`);

export const TAKE = graphql(`
  mutation TakeTestimony($input: TakeTestimonyInput!) {
    takeTestimony(input: $input) {
      id
    }
  }
`);
export const CODE = graphql(`
  mutation SaveCoding($input: SaveCodingInput!) {
    saveCoding(input: $input) {
      id
    }
  }
`);
export const SETTLE = graphql(`
  mutation SettleCoding($input: SettleCodingInput!) {
    settleCoding(input: $input) {
      id
    }
  }
`);
export const CREATE_THEME = graphql(`
  mutation CreateTheme($input: CreateThemeInput!) {
    createTheme(input: $input) {
      id
    }
  }
`);
export const MERGE_THEME = graphql(`
  mutation MergeTheme($input: MergeThemeInput!) {
    mergeTheme(input: $input) {
      id
    }
  }
`);

export const SPLIT_THEME = graphql(`
  mutation SplitTheme($input: SplitThemeInput!) {
    splitTheme(input: $input) {
      id
    }
  }
`);
export const TRANSLATE = graphql(`
  mutation TranslateTestimony($input: TranslateTestimonyInput!) {
    translateTestimony(input: $input) {
      id
    }
  }
`);
export const PARAPHRASE = graphql(`
  mutation ParaphraseTestimony($input: ParaphraseTestimonyInput!) {
    paraphraseTestimony(input: $input) {
      id
    }
  }
`);
export const REVIEW_TRANSLATION = graphql(`
  mutation ReviewTestimonyTranslation($input: ReviewTestimonyTranslationInput!) {
    reviewTestimonyTranslation(input: $input) {
      id
    }
  }
`);

export type Session = NonNullable<ResultOf<typeof SESSION>['gathering']>;
export type Wording = ResultOf<typeof SESSION>['testimonyConsentWordings'][number];
export type Spoken = ResultOf<typeof SPOKEN>['testimonyPage']['nodes'][number];
export type Theme = ResultOf<typeof USABLE>['themes']['nodes'][number];
export type ThemeCount = ResultOf<typeof COUNTS>['themeCounts'][number];
export type Agreement = ResultOf<typeof AGREEMENT>['codingAgreement']['pooled'];

export const useListeningSession = (id: string) =>
  useQuery({
    queryKey: ['gathering', id, 'listening'],
    queryFn: ({ signal }) => ask(SESSION, { id }, { signal }),
  });

/** Testimony of a session, newest first; page after page. */
export const useSpoken = (gatheringId: string, work: 'MINE' | 'DISPUTED' | null) =>
  useInfiniteQuery({
    queryKey: ['listening', gatheringId, 'spoken', work],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      (await ask(SPOKEN, { filter: { gatheringId, work }, after: pageParam }, { signal })).testimonyPage,
    getNextPageParam: ({ next }) => next,
  });

/** All testimony settled with a theme, wherever it was said. */
export const useSpokenOf = (themeId: string) =>
  useQuery({
    queryKey: ['listening', 'spoken of', themeId],
    queryFn: async ({ signal }) => {
      const found: Spoken[] = [];
      for (let after: string | null = null; ;) {
        const { testimonyPage }: ResultOf<typeof SPOKEN> = await ask(
          SPOKEN,
          { filter: { themeId }, after },
          { signal },
        );
        found.push(...testimonyPage.nodes);
        if (testimonyPage.next === null) return found;
        after = testimonyPage.next;
      }
    },
  });

/** Themes in use that testimony of a chapter may be coded with, all of them. */
export const useThemes = (chapterId: string) =>
  useQuery({
    queryKey: ['listening', 'themes', chapterId],
    queryFn: async ({ signal }) => {
      const found: Theme[] = [];
      for (let after: string | null = null; ;) {
        const filter = { usableIn: chapterId, state: { eq: 'ACTIVE' as const } };
        const { themes }: ResultOf<typeof USABLE> = await ask(USABLE, { filter, after }, { signal });
        found.push(...themes.nodes);
        if (!themes.pageInfo.hasNextPage) return found;
        after = themes.pageInfo.endCursor;
      }
    },
  });

export const useThemeCounts = (chapterId: string) =>
  useQuery({
    queryKey: ['listening', 'counts', chapterId],
    queryFn: async ({ signal }) => (await ask(COUNTS, { id: chapterId }, { signal })).themeCounts,
  });

export const useAgreement = (gatheringId: string) =>
  useQuery({
    queryKey: ['listening', gatheringId, 'agreement'],
    queryFn: async ({ signal }) => (await ask(AGREEMENT, { id: gatheringId }, { signal })).codingAgreement,
  });
