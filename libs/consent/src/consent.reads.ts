import { permit, signedIn } from '@unionhall/identity';
import {
  enumOf,
  globalId,
  instant,
  json,
  ofRow,
  readable,
  root,
  string,
  type ReadsDeclaration,
} from '@unionhall/platform';
import { CHANNELS } from './addresses';
import { CONSENT_PURPOSES } from './consent.service';

const mine = permit({ permission: 'members.contact', chapter: 'chapter_id', self: 'member_id', link: true });

const consent = readable({
  type: 'Consent',
  description: 'What a member allows, for one purpose through one channel.',
  table: 'consent',
  subject: 'member_id',
  policy: mine,
  fields: {
    id: globalId('id', ofRow),
    purpose: enumOf('ConsentPurpose', CONSENT_PURPOSES, 'purpose', ofRow, { filter: ['eq'] }),
    channel: enumOf('ConsentChannel', CHANNELS, 'channel', ofRow, { filter: ['eq'] }),
    state: enumOf('ConsentState', ['granted', 'withdrawn'], 'state', ofRow, { filter: ['eq'] }),
    wording: string('wording', ofRow, { description: 'The words that were shown.' }),
    source: string('source', ofRow, { description: 'Where it was said.' }),
    at: instant('at', ofRow),
  },
  orders: { NEWEST: { by: [{ expression: 'at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
});

/** Entries that name the member who asks: spread ones by index, the newest by looking at them. */
const NAMES_ME = `$t.id IN (SELECT s.ledger_id FROM access_ledger_subject s WHERE s.member_id = (SELECT app.member_id()))
  OR ($t.at > (SELECT through FROM access_ledger_index) AND $t.subject_ids @> ARRAY[(SELECT app.member_id())])`;

const entry = readable({
  type: 'AccessEntry',
  description: 'One time that somebody read data of the member who asks.',
  table: 'access_ledger',
  policy: signedIn,
  fields: {
    id: globalId('id', ofRow),
    at: instant('at', ofRow),
    reader: enumOf('ReaderKind', ['system', 'user', 'partner', 'link', 'anonymous'], 'actor_kind', ofRow, {
      description: 'user: an organizer of the union; partner: a coalition organisation.',
    }),
    purpose: string('purpose', ofRow),
    operation: string('operation', ofRow, { description: 'The name of the query.' }),
    fields: json('to_json($t.fields)', ofRow, { description: 'Which fields were read.' }),
    reason: string('reason', ofRow, { nullable: true, description: 'The reason the reader gave.' }),
  },
  orders: { NEWEST: { by: [{ expression: 'at', cast: 'timestamptz', desc: true }], policy: ofRow } },
  defaultOrder: 'NEWEST',
});

/** Consents, and the member's own view of the access ledger. */
export const consentReads: ReadsDeclaration = {
  types: [consent, entry],
  roots: [
    root({
      name: 'whoReadMyData',
      type: 'AccessEntry',
      shape: 'page',
      description: 'Who read your data, when, why and which fields.',
      policy: signedIn,
      where: NAMES_ME,
    }),
  ],
};
