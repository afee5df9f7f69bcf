import { permit, signedIn } from '@unionhall/identity';
import {
  date,
  enumOf,
  extension,
  globalId,
  instant,
  int,
  json,
  many,
  ofRow,
  one,
  readable,
  root,
  string,
  type ReadsDeclaration,
} from '@unionhall/platform';
import { MEMBER_STATUSES } from './member.entity';

const readers = permit({ permission: 'members.read', chapter: 'chapter_id', self: 'id', link: true });
const contact = permit({ permission: 'members.contact', chapter: 'chapter_id', self: 'id' });

/** Whoever may list the members of a chapter may count them. */
const counters = permit({ permission: 'members.read', chapter: 'id' });

/** Between two bounds, so that an index serves it whatever the name is; no character sorts behind the last. */
const KEY = `lower(btrim(normalize($v, NFKC)))`;
const startsIn = (name: string): string =>
  `SELECT n.id FROM member n WHERE n.${name} >= ${KEY} AND n.${name} < ${KEY} || chr(1114111)`;
const NAMED = `$t.id IN (${startsIn('sort_name')} UNION ${startsIn('call_name')})`;

const member = readable({
  type: 'Member',
  description: 'A person known to the union.',
  table: 'member',
  subject: 'id',
  policy: readers,
  fields: {
    id: globalId('id', ofRow),
    givenName: string('given_name', ofRow),
    familyName: string('family_name', ofRow),
    status: enumOf('MemberStatus', MEMBER_STATUSES, 'status', ofRow, { filter: ['eq', 'in'] }),
    language: string('language', ofRow, { description: 'BCP 47.', filter: ['eq', 'in'] }),
    timeZone: string('time_zone', ofRow, { nullable: true, description: 'IANA name.' }),
    email: string('email', contact, { nullable: true, filter: ['eq'] }),
    phone: string('phone', contact, { nullable: true, description: 'E.164.', filter: ['eq'] }),
    postalCode: string('postal_code', contact, { nullable: true }),
    city: string('city', ofRow, { nullable: true }),
    country: string('country', ofRow, { nullable: true, description: 'ISO 3166, two letters.' }),
    joinedOn: date('joined_on', ofRow, { nullable: true, filter: ['gte', 'lt'] }),
    createdAt: instant('created_at', ofRow, { filter: ['gte', 'lt'] }),
    custom: json('custom', contact, { nullable: true, description: 'Custom fields.' }),
    provenance: json('provenance', contact, {
      nullable: true,
      description: 'Where each imported value came from.',
    }),
    tags: json(
      `SELECT coalesce(json_agg(g.name ORDER BY g.name), '[]') FROM member_tag mt JOIN tag g ON g.id = mt.tag_id WHERE mt.member_id = $t.id`,
      ofRow,
      { description: 'Names of tags.' },
    ),
    chapter: one('Chapter', ofRow, { local: 'chapter_id' }),
    consents: many('Consent', contact, {
      foreign: 'member_id',
      sameSubject: true,
      sameColumns: ['chapter_id'],
    }),
  },
  orders: {
    NAME: { by: [{ expression: 'sort_name', cast: 'text' }], policy: ofRow },
    NAME_DESCENDING: { by: [{ expression: 'sort_name', cast: 'text', desc: true }], policy: ofRow },
    NEWEST: { by: [{ expression: 'created_at', cast: 'timestamptz', desc: true }], policy: ofRow },
    OLDEST: { by: [{ expression: 'created_at', cast: 'timestamptz' }], policy: ofRow },
  },
  defaultOrder: 'NAME',
  filters: {
    ids: {
      type: 'ID',
      list: true,
      sql: '$t.id = ANY($v)',
      cast: 'uuid[]',
      policy: ofRow,
      description: 'These alone.',
    },
    except: {
      type: 'ID',
      list: true,
      sql: '$t.id <> ALL($v)',
      cast: 'uuid[]',
      policy: ofRow,
      description: 'Not these.',
    },
    chapter: {
      type: 'ID',
      idOf: 'Chapter',
      sql: '$t.chapter_id = $v',
      cast: 'uuid',
      policy: ofRow,
      description: 'Exactly this chapter.',
    },
    within: {
      type: 'ID',
      idOf: 'Chapter',
      sql: `$t.chapter_id IN (SELECT d.id FROM chapter a JOIN chapter d ON d.path LIKE a.path || '%' WHERE a.id = $v)`,
      cast: 'uuid',
      policy: ofRow,
      description: 'This chapter and all below it.',
    },
    tag: {
      type: 'String',
      sql: `EXISTS (SELECT FROM member_tag mt WHERE mt.tag_id = (SELECT g.id FROM tag g WHERE g.name = $v)
        AND mt.chapter_id = $t.chapter_id AND mt.member_id = $t.id)`,
      cast: 'text',
      policy: ofRow,
    },
    nameStarts: {
      type: 'String',
      sql: `starts_with($t.sort_name, lower(btrim(normalize($v, NFKC))))`,
      cast: 'text',
      policy: ofRow,
      description: 'The beginning of the family name.',
    },
    named: {
      type: 'String',
      sql: NAMED,
      cast: 'text',
      policy: ofRow,
      description: 'The beginning of the name, whichever of its parts comes first.',
    },
  },
});

const tag = readable({
  type: 'Tag',
  description: 'A word that members are sorted by.',
  table: 'tag',
  policy: permit({ permission: 'members.read' }),
  fields: {
    id: globalId('id', ofRow),
    name: string('name', ofRow, { filter: ['prefix'] }),
  },
  orders: { NAME: { by: [{ expression: 'name', cast: 'text' }], policy: ofRow } },
  defaultOrder: 'NAME',
});

/** Members, their tags, and the signed-in member themselves. */
export const membersReads: ReadsDeclaration = {
  types: [member, tag],
  extensions: [
    extension({
      extend: 'Chapter',
      fields: {
        memberCount: int(
          `SELECT coalesce(sum(n.total), 0)::int FROM chapter_member_count n WHERE n.chapter_id = $t.id AND n.status = 'member'`,
          counters,
          {
            description:
              'Members whose home this chapter is; those of the chapters below are not among them.',
          },
        ),
        memberCountWithin: int(
          `SELECT coalesce(sum(n.total), 0)::int FROM chapter d JOIN chapter_member_count n ON n.chapter_id = d.id
            WHERE d.path LIKE $t.path || '%' AND n.status = 'member'`,
          counters,
          { description: 'Members of this chapter and of those below it.' },
        ),
        peopleByStatus: json(
          `SELECT coalesce(json_object_agg(n.status, n.total ORDER BY n.status), '{}') FROM chapter_member_count n WHERE n.chapter_id = $t.id AND n.total > 0`,
          counters,
          { description: 'Everyone whose home this chapter is, counted by status.' },
        ),
      },
    }),
    extension({
      extend: 'Consent',
      fields: {
        member: one('Member', ofRow, {
          local: 'member_id',
          sameSubject: true,
          sameColumns: ['chapter_id'],
          nullable: true,
        }),
      },
    }),
  ],
  roots: [
    root({
      name: 'member',
      type: 'Member',
      shape: 'one',
      description: 'One member.',
      policy: signedIn,
      by: { id: { column: 'id', type: 'ID', cast: 'uuid' } },
    }),
    root({
      name: 'members',
      type: 'Member',
      shape: 'page',
      description: 'The members in your chapters.',
      policy: readers,
    }),
    root({
      name: 'tags',
      type: 'Tag',
      shape: 'page',
      description: 'The tags that are in use, by name.',
      policy: permit({ permission: 'members.read' }),
    }),
    root({
      name: 'me',
      type: 'Member',
      shape: 'one',
      description: 'Your own record.',
      policy: signedIn,
      where: '$t.id = (SELECT app.member_id())',
    }),
  ],
};
