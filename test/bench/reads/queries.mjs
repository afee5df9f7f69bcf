// The three questions as each endpoint is asked them, and what makes its answers comparable.
import { ask, requestText } from './http-client.mjs';

const PAGE = 50;
const TAGS = 10;
const LANGUAGES = ['en', 'es', 'fr', 'de'];

const OURS = `id givenName familyName status chapter { id name }
  commitments(first: 3) { nodes { id kind status pledgedAt } } attendanceCount`;
const PEER = `rowId givenName familyName status chapter { rowId name }
  commitments(first: 3, orderBy: [PLEDGED_AT_DESC, ROW_ID_DESC]) { nodes { rowId kind status pledgedAt } } attendanceCount`;

const documents = {
  ours: {
    Q1: `query Page($chapter: ID!, $after: String) {
      members(first: ${PAGE}, after: $after, orderBy: NAME, filter: { chapter: $chapter }) {
        nodes { ${OURS} } pageInfo { hasNextPage endCursor } } }`,
    Q2: `query One($id: ID!) { member(id: $id) { ${OURS} } }`,
    Q3: `query Found($status: MemberStatus!, $tag: String!, $language: String!) {
      members(first: ${PAGE}, orderBy: NAME, filter: { status: { eq: $status }, tag: $tag, language: { eq: $language } }) {
        totalCount nodes { id givenName familyName } } }`,
  },
  peer: {
    Q1: `query Page($chapter: UUID!, $after: Cursor) {
      allMembers(first: ${PAGE}, after: $after, orderBy: [SORT_NAME_ASC, ROW_ID_ASC], condition: { chapterId: $chapter }) {
        nodes { ${PEER} } pageInfo { hasNextPage endCursor } } }`,
    Q2: `query One($id: UUID!) { memberByRowId(rowId: $id) { ${PEER} } }`,
    Q3: `query Found($status: String!, $tag: String!, $language: String!, $chapters: [UUID!]) {
      membersFound(first: ${PAGE}, orderBy: [SORT_NAME_ASC, ROW_ID_ASC], status: $status, tag: $tag, language: $language, chapters: $chapters) {
        totalCount nodes { rowId givenName familyName } } }`,
  },
};

/** The requests of a query to one endpoint, in the order in which all endpoints are asked them. */
export async function requestsOf(query, target, facts) {
  const graphql = (variables) =>
    requestText('/graphql', { query: documents[target.kind][query], variables }, target.token);
  const bare = (name, values) => requestText('/', { name, values });
  const ours = target.kind === 'ours';
  if (query === 'Q2') {
    return facts.members.map((id) =>
      target.kind === 'bare' ? bare('q2', [id]) : graphql({ id: ours ? `Member_${id}` : id }),
    );
  }
  if (query === 'Q3') {
    return Array.from({ length: TAGS * LANGUAGES.length }, (_, i) => {
      const [tag, language] = [`tag${1 + (i % TAGS)}`, LANGUAGES[i % LANGUAGES.length]];
      if (target.kind !== 'bare')
        return graphql(
          ours
            ? { status: 'MEMBER', tag, language }
            : { status: 'member', tag, language, chapters: facts.scope },
        );
      const values = ['member', tag, language];
      return facts.scope === null ? bare('q3', values) : bare('q3within', [...values, facts.scope]);
    });
  }
  const texts = [];
  for (const chapter of facts.chapters) {
    const first =
      target.kind === 'bare'
        ? bare('q1', [chapter])
        : graphql({ chapter: ours ? `Chapter_${chapter}` : chapter, after: null });
    const answer = await ask(target.port, first);
    const end = target.kind === 'bare' ? answer.end : Object.values(answer)[0].pageInfo.endCursor;
    const second =
      target.kind === 'bare'
        ? bare('q1after', [chapter, ...end])
        : graphql({ chapter: ours ? `Chapter_${chapter}` : chapter, after: end });
    texts.push(first, second);
  }
  return texts;
}

/** An answer with the names and notations of its endpoint taken away. */
export function normalised(query, kind, data) {
  const value = kind === 'bare' ? data : Object.values(data)[0];
  if (query === 'Q2') return person(value);
  const nodes = value.nodes.map((node) => (query === 'Q1' ? person(node) : named(node)));
  if (query === 'Q3') return { total: Number(value.totalCount), nodes };
  return { more: value.hasNextPage ?? value.pageInfo.hasNextPage, nodes };
}

const idOf = ({ id, rowId }) => rowId ?? id.replace(/^[A-Z][A-Za-z]*_/, '');

const named = (node) => ({ id: idOf(node), given: node.givenName, family: node.familyName });

function person(node) {
  const commitments = node.commitments.nodes ?? node.commitments;
  return {
    ...named(node),
    status: node.status.toUpperCase(),
    chapter: { id: idOf(node.chapter), name: node.chapter.name },
    attended: Number(node.attendanceCount),
    commitments: commitments.map((one) => ({
      id: idOf(one),
      kind: one.kind.toUpperCase(),
      status: one.status.toUpperCase(),
      // Microseconds are kept; the zone and trailing zeros are notation.
      at: `${new Date(one.pledgedAt).toISOString().slice(0, 19)}.${/\.(\d+)/.exec(one.pledgedAt)?.[1].padEnd(6, '0') ?? '000000'}`,
    })),
  };
}
