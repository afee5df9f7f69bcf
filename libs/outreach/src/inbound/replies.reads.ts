import { permit } from '@unionhall/identity';
import {
  boolean,
  enumOf,
  extension,
  globalId,
  instant,
  many,
  ofRow,
  one,
  readable,
  root,
  string,
  type ReadsDeclaration,
} from '@unionhall/platform';
import { REPLY_OUTCOMES } from './replies.service';

const runners = permit({ permission: 'outreach.run', chapter: 'chapter_id' });
const ownOrRunners = permit({ permission: 'outreach.run', chapter: 'chapter_id', self: 'member_id' });

const reply = readable({
  type: 'Reply',
  description: 'What a member wrote back to a message, for a person to read.',
  table: 'reply',
  subject: 'member_id',
  policy: ownOrRunners,
  fields: {
    id: globalId('id', ofRow),
    channel: enumOf('ReplyChannel', ['email', 'sms'], 'channel', ofRow, { filter: ['eq'] }),
    body: string('body', ofRow),
    at: instant('at', ofRow, { filter: ['gte', 'lt'] }),
    asksToStop: boolean('asks_to_stop', ofRow, {
      filter: ['eq'],
      description:
        'It seems to ask for no more messages: the sequences of its sender wait until it is handled.',
    }),
    handledAt: instant('handled_at', ofRow, { nullable: true, filter: ['isNull'] }),
    outcome: enumOf('ReplyOutcome', REPLY_OUTCOMES, 'outcome', ofRow, { nullable: true }),
    member: one('Member', ofRow, { local: 'member_id', sameSubject: true, nullable: true }),
  },
  orders: { NEWEST: { by: [{ expression: 'at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
});

/** Replies, and what came back of messages after they had left. */
export const repliesReads: ReadsDeclaration = {
  types: [reply],
  extensions: [
    extension({
      extend: 'Member',
      fields: { replies: many('Reply', ofRow, { foreign: 'member_id', sameSubject: true }) },
    }),
    extension({
      extend: 'Enrollment',
      fields: {
        pausedAt: instant('paused_at', ofRow, {
          nullable: true,
          description: 'Since when they are not led on, for they seem to have asked for no more messages.',
        }),
      },
    }),
    extension({
      extend: 'Delivery',
      fields: {
        reported: enumOf('DeliveryReport', ['failed', 'soft', 'bounced', 'complained'], 'reported', ofRow, {
          nullable: true,
          description:
            'What came back of it: not delivered (soft: for now), no such address, or a complaint.',
        }),
        reportedReason: string('reported_reason', ofRow, { nullable: true }),
        reportedAt: instant('reported_at', ofRow, { nullable: true }),
      },
    }),
  ],
  roots: [
    root({
      name: 'replies',
      type: 'Reply',
      shape: 'page',
      description: 'What members of your chapters wrote back.',
      policy: runners,
    }),
  ],
};
