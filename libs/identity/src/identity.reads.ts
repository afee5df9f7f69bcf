import {
  enumOf,
  globalId,
  instant,
  json,
  many,
  ofRow,
  readable,
  root,
  string,
  type Policy,
  type ReadsDeclaration,
} from '@unionhall/platform';
import { ROLES } from './permissions';
import { actorOf, anyone, permit } from './policies';

/** Rows of the signed-in user themselves; for others there are none, which is no error: nobody is signed in. */
const ownUser = (column: string): Policy => ({
  label: 'self',
  decide: (actor, row) => {
    const { kind, userId } = actorOf(actor);
    if (kind === 'system') return 'all';
    if (kind !== 'user' || userId === undefined) return { sql: 'FALSE' };
    return { sql: `${row.column(column)} = ${row.param((one) => actorOf(one).userId, 'uuid')}` };
  },
});

const either = (a: Policy, b: Policy): Policy => ({
  label: `${a.label} or ${b.label}`,
  decide: (actor, row) => {
    const first = a.decide(actor, row);
    if (first === 'all') return 'all';
    const second = b.decide(actor, row);
    if (second === 'all' || first === 'none') return second;
    return second === 'none' ? first : { sql: `(${first.sql} OR ${second.sql})` };
  },
});

const USER = readable({
  type: 'User',
  description: 'An account that signs in.',
  table: 'user_account',
  policy: ownUser('id'),
  fields: {
    id: globalId('id', ofRow),
    email: string('email', ofRow),
    createdAt: instant('created_at', ofRow),
    grants: many('RoleGrant', ofRow, { foreign: 'user_id' }),
    sessions: many('Session', ofRow, { foreign: 'user_id' }),
  },
  orders: { CREATED: { by: [{ expression: 'created_at', cast: 'timestamptz' }], policy: ofRow } },
  defaultOrder: 'CREATED',
});

const SESSION = readable({
  type: 'Session',
  description: 'A sign-in of yours.',
  table: 'session',
  policy: ownUser('user_id'),
  fields: {
    id: globalId('id', ofRow),
    method: enumOf('SignInMethod', ['password', 'link'], 'method', ofRow),
    createdAt: instant('created_at', ofRow),
    expiresAt: instant('expires_at', ofRow),
    revokedAt: instant('revoked_at', ofRow, { nullable: true }),
  },
  orders: { CREATED: { by: [{ expression: 'created_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'CREATED',
});

const GRANT = readable({
  type: 'RoleGrant',
  description: 'A role over a chapter subtree, for purposes, until a day.',
  table: 'role_grant',
  policy: either(permit({ permission: 'grants.manage', chapter: 'chapter_id' }), ownUser('user_id')),
  fields: {
    id: globalId('id', ofRow),
    userId: globalId('user_id', ofRow, { idOf: 'User' }),
    email: string('app.email_of_grantee($t.user_id)', ofRow, {
      nullable: true,
      description: 'The address of the account that holds it.',
    }),
    role: enumOf('Role', ROLES, 'role', ofRow, { filter: ['eq', 'in'] }),
    chapterId: globalId('chapter_id', ofRow, {
      idOf: 'Chapter',
      nullable: true,
      description: 'Null: the whole union.',
    }),
    purposes: json('to_json($t.purposes)', ofRow, { description: 'Empty: every purpose.' }),
    grantedAt: instant('granted_at', ofRow),
    expiresAt: instant('expires_at', ofRow, { nullable: true }),
    revokedAt: instant('revoked_at', ofRow, { nullable: true, filter: ['isNull'] }),
  },
  orders: { GRANTED: { by: [{ expression: 'granted_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'GRANTED',
  filters: {
    live: {
      type: 'Boolean',
      sql: '($t.revoked_at IS NULL AND ($t.expires_at IS NULL OR $t.expires_at > app.now())) = $v',
      cast: 'boolean',
      policy: ofRow,
      description: 'Neither taken back nor run out.',
    },
  },
});

/** What can be read of accounts, sessions and grants. */
export const identityReads: ReadsDeclaration = {
  types: [USER, SESSION, GRANT],
  roots: [
    root({
      name: 'viewer',
      type: 'User',
      shape: 'one',
      description: 'Who is signed in; null for nobody.',
      policy: anyone,
      where: '$t.id = (SELECT app.user_id())',
    }),
    root({
      name: 'roleGrants',
      type: 'RoleGrant',
      shape: 'page',
      description: 'Grants in the chapters you administer.',
      policy: permit({ permission: 'grants.manage' }),
    }),
  ],
};
