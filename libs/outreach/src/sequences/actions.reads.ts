import { permit } from '@unionhall/identity';
import {
  extension,
  globalId,
  instant,
  many,
  ofRow,
  one,
  readable,
  type ReadsDeclaration,
} from '@unionhall/platform';

const ownOrRunners = permit({ permission: 'outreach.run', chapter: 'chapter_id', self: 'member_id' });

const request = readable({
  type: 'CommitmentRequest',
  description: 'What a member was asked to pledge.',
  table: 'commitment_request',
  subject: 'member_id',
  policy: ownOrRunners,
  fields: {
    id: globalId('id', ofRow),
    askedAt: instant('asked_at', ofRow),
    answeredAt: instant('answered_at', ofRow, {
      nullable: true,
      filter: ['isNull'],
      description: 'When it was seen that they had pledged.',
    }),
    campaign: one('Campaign', ofRow, { local: 'campaign_id', nullable: true }),
    member: one('Member', ofRow, { local: 'member_id', sameSubject: true, nullable: true }),
  },
  orders: { NEWEST: { by: [{ expression: 'asked_at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
});

/** What the actions of sequences leave with members. */
export const actionsReads: ReadsDeclaration = {
  types: [request],
  extensions: [
    extension({
      extend: 'Member',
      fields: {
        commitmentRequests: many('CommitmentRequest', ofRow, { foreign: 'member_id', sameSubject: true }),
      },
    }),
  ],
  roots: [],
};
