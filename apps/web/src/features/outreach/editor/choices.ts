import { useQuery } from '@tanstack/react-query';
import { ask } from '../../../app/ask';
import { graphql } from '../../../graphql';

const CHOICES = graphql(`
  query SequenceChoices($gatherings: GatheringFilter!) {
    gatherings(first: 50, filter: $gatherings, orderBy: STARTS_AT) {
      nodes {
        id
        title
        startsAt
        timeZone
      }
    }
    campaigns(first: 50) {
      nodes {
        id
        title
      }
    }
    templates(first: 50, filter: { archived: false }) {
      nodes {
        id
        name
        channel
      }
    }
    webhookEndpoints(first: 50, filter: { disabledAt: { isNull: true } }) {
      nodes {
        id
        name
      }
    }
    templateVariables {
      name
    }
  }
`);
const LENGTH = graphql(`
  query TextLength($text: String!) {
    textLength(text: $text) {
      segments
      encoding
    }
  }
`);

/** What the parts of a sequence can be about: coming gatherings, campaigns, templates; and what a text may name. */
export const useChoices = () =>
  useQuery({
    queryKey: ['sequence choices'],
    staleTime: 60_000,
    queryFn: ({ signal }) => ask(CHOICES, { gatherings: { from: new Date().toISOString() } }, { signal }),
  });

/** How a text message is cut up, as the gateway counts. */
export const useTextLength = (text: string, enabled: boolean) =>
  useQuery({
    queryKey: ['text length', text],
    enabled: enabled && text !== '',
    queryFn: async ({ signal }) => (await ask(LENGTH, { text }, { signal })).textLength,
  });

/** A bare id as the API names it; ids that are named already stay. */
export const named = (kind: string, id: string): string => (id.includes('_') ? id : `${kind}_${id}`);
