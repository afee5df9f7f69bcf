import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ask } from '../../app/ask';
import { graphql, type ResultOf } from '../../graphql';

const TEMPLATES = graphql(`
  query Templates($filter: TemplateFilter, $after: String) {
    templates(first: 25, after: $after, filter: $filter) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        name
        channel
        chapter {
          name
        }
        texts(first: 30) {
          nodes {
            id
            language
            state
          }
        }
      }
    }
  }
`);
const TEMPLATE = graphql(`
  query Template($id: ID!) {
    template(id: $id) {
      id
      name
      channel
      archivedAt
      chapter {
        name
      }
      texts(first: 30) {
        nodes {
          id
          language
          revision
          subject
          body
          state
          savedAt
          mine
          note
        }
      }
    }
    templateVariables {
      name
      needsGathering
      en
      es
    }
  }
`);
const REVISIONS = graphql(`
  query TemplateRevisions($id: ID!, $filter: TemplateTextFilter) {
    template(id: $id) {
      revisions(first: 25, filter: $filter) {
        nodes {
          id
          revision
          subject
          body
          state
          savedAt
          note
        }
      }
    }
  }
`);

export const CREATE = graphql(`
  mutation CreateTemplate($input: CreateTemplateInput!) {
    createTemplate(input: $input) {
      id
    }
  }
`);
export const SAVE = graphql(`
  mutation SaveTemplateText($input: SaveTemplateTextInput!) {
    saveTemplateText(input: $input) {
      id
    }
  }
`);
export const ASK_REVIEW = graphql(`
  mutation AskTemplateReview($input: TemplateTextAtInput!) {
    askTemplateReview(input: $input) {
      id
    }
  }
`);
export const REVIEW = graphql(`
  mutation ReviewTemplateText($input: ReviewTemplateTextInput!) {
    reviewTemplateText(input: $input) {
      id
    }
  }
`);
export const ARCHIVE = graphql(`
  mutation ArchiveTemplate($id: ID!, $archived: Boolean!) {
    archiveTemplate(id: $id, archived: $archived) {
      id
    }
  }
`);
export const PREVIEW = graphql(`
  query PreviewTemplate($input: PreviewTemplateInput!) {
    previewTemplate(input: $input) {
      subject
      html
      text
      length {
        encoding
        segments
      }
    }
  }
`);

export type TemplateLine = ResultOf<typeof TEMPLATES>['templates']['nodes'][number];
export type Template = NonNullable<ResultOf<typeof TEMPLATE>['template']>;
export type TemplateText = Template['texts']['nodes'][number];
export type Variable = ResultOf<typeof TEMPLATE>['templateVariables'][number];
export type Preview = ResultOf<typeof PREVIEW>['previewTemplate'];

/** What the list may be cut down to. */
export const SHOWN = {
  inUse: { archived: false },
  waiting: { archived: false, waiting: true },
  putAway: { archived: true },
} as const;
export type Shown = keyof typeof SHOWN;

/** The templates of a scope, newest first; page after page. */
export const useTemplates = (scope: string, shown: Shown) =>
  useInfiniteQuery({
    queryKey: ['templates', scope, shown],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      (
        await ask(
          TEMPLATES,
          { filter: { ...SHOWN[shown], ...(scope !== '' && { within: scope }) }, after: pageParam },
          { signal },
        )
      ).templates,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });

export const useTemplate = (id: string) =>
  useQuery({
    queryKey: ['templates', 'one', id],
    queryFn: async ({ signal }) => ask(TEMPLATE, { id }, { signal }),
  });

/** What was ever saved in a language, newest first. */
export const useRevisions = (id: string, language: string, open: boolean) =>
  useQuery({
    queryKey: ['templates', 'one', id, 'revisions', language],
    enabled: open,
    queryFn: async ({ signal }) =>
      (await ask(REVISIONS, { id, filter: { language: { eq: language } } }, { signal })).template?.revisions
        .nodes ?? [],
  });
