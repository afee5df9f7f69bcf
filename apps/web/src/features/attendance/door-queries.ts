import { ask } from '../../app/ask';
import { graphql } from '../../graphql';
import { nameOf } from '../members/name';
import { setClock } from './door-clock';
import { alone } from './door-sender';
import { keepGatherings, learn } from './door-store';

const SESSION = graphql(`
  query DoorSession {
    viewer {
      id
      grants(first: 20) {
        nodes {
          chapterId
        }
      }
    }
  }
`);
const GATHERINGS = graphql(`
  query DoorGatherings($filter: GatheringFilter!) {
    gatherings(first: 50, filter: $filter) {
      nodes {
        id
        title
        startsAt
        endsAt
        timeZone
        state
      }
    }
  }
`);
const EXPECTED = graphql(`
  query DoorExpected($id: ID!, $after: String) {
    gathering(id: $id) {
      id
      rsvps(first: 100, after: $after, filter: { status: [INVITED, GOING, MAYBE, WAITLISTED] }) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          status
          came
          member {
            id
            givenName
            familyName
          }
        }
      }
    }
  }
`);
const CAME = graphql(`
  query DoorCame($id: ID!, $after: String) {
    gathering(id: $id) {
      id
      attendances(first: 100, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          status
          member {
            id
            givenName
            familyName
          }
        }
      }
    }
  }
`);
const FIND = graphql(`
  query DoorFind($nameStarts: String!) {
    members(first: 8, orderBy: NAME, filter: { nameStarts: $nameStarts }) {
      nodes {
        id
        givenName
        familyName
      }
    }
  }
`);

const HOUR = 3_600_000;
const fromNow = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** Whether somebody who may stand at a door is signed in, and where. @throws ConnectionLost, Refusal. */
export async function session(): Promise<readonly (string | null)[] | undefined> {
  const { viewer } = await ask(SESSION, {});
  return viewer?.grants?.nodes.map(({ chapterId }) => chapterId);
}

/** Learns the gatherings of yesterday to tomorrow in these chapters; null is the whole union. */
export async function refreshGatherings(chapters: readonly (string | null)[]): Promise<void> {
  await setClock();
  const window = { from: fromNow(-24 * HOUR), to: fromNow(36 * HOUR) };
  const found = await Promise.all(
    chapters.map((chapterId) =>
      ask(GATHERINGS, { filter: { ...window, ...(chapterId === null ? {} : { within: chapterId }) } }),
    ),
  );
  const nodes = found.flatMap(({ gatherings }) => gatherings.nodes);
  await keepGatherings(nodes.filter(({ state }) => state === 'SCHEDULED').map(({ state: _, ...one }) => one));
}

/** What the ticket of an answer holds: the answer's id, without anything about the person. */
const codeOf = (rsvpId: string): string =>
  rsvpId
    .replace(/^Rsvp_/, '')
    .replaceAll('-', '')
    .toUpperCase();

interface Page<Node> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly Node[];
}

/** Every node of a list, page after page. */
async function* nodesOf<Node>(
  next: (after: string | null) => Promise<Page<Node> | undefined>,
): AsyncGenerator<readonly Node[]> {
  for (let after: string | null = null; ;) {
    const page: Page<Node> | undefined = await next(after);
    yield page?.nodes ?? [];
    if (page?.pageInfo.hasNextPage !== true) return;
    after = page.pageInfo.endCursor;
  }
}

/** Nobody where the member is not ours to see. */
const personOf = <Known>(
  member: { id: string; givenName: string; familyName: string } | null,
  known: Known,
): (Known & { memberId: string; name: string })[] =>
  member === null ? [] : [{ memberId: member.id, name: nameOf(member), ...known }];

/** Learns who is expected at a gathering and who is here. */
export const refreshPeople = (id: string): Promise<void> =>
  alone(async () => {
    const expected = nodesOf(async (after) => (await ask(EXPECTED, { id, after })).gathering?.rsvps);
    for await (const nodes of expected)
      await learn(
        id,
        nodes.flatMap(({ id: rsvpId, status, came, member }) =>
          personOf(member, { answer: status, code: codeOf(rsvpId), here: came === 'ATTENDED' }),
        ),
      );
    const came = nodesOf(async (after) => (await ask(CAME, { id, after })).gathering?.attendances);
    for await (const nodes of came)
      await learn(
        id,
        nodes.flatMap(({ status, member }) =>
          personOf(member, { answer: null, code: null, here: status === 'ATTENDED' }),
        ),
      );
  });

/** Members by the beginning of the family name, whether they are expected or not. */
export const findMembers = async (nameStarts: string): Promise<{ memberId: string; name: string }[]> =>
  (await ask(FIND, { nameStarts })).members.nodes.map((member) => ({
    memberId: member.id,
    name: nameOf(member),
  }));
