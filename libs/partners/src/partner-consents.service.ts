import { Injectable } from '@nestjs/common';
import { isPurpose, outOfReach, type Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import { FIELD_GROUPS } from './partner-input';
import { partnerInvalid, partnerNotFound } from './partners.errors';

export interface PartnerConsentChange {
  readonly partnerId: string;
  readonly purpose: string;
  readonly fieldGroups: readonly string[];
  readonly granted: boolean;
  /** The words the member agreed to. */
  readonly wording: string;
}

/** A member's own consent to be shared with a partner: off until they say so, and theirs alone to change. */
@Injectable()
export class PartnerConsentsService {
  constructor(private readonly db: Database) {}

  /** Holds from the partner's next read on, and stays in the history of the member's consents. @throws AppError AUTHZ.*, PARTNER.INVALID, PARTNER.NOT_FOUND. */
  async set(actor: Actor, change: PartnerConsentChange): Promise<void> {
    const { memberId } = actor;
    if (memberId === undefined || actor.kind !== 'user') throw outOfReach();
    const { partnerId, purpose, fieldGroups, granted, wording } = change;
    if (!isPurpose(purpose)) throw partnerInvalid('purpose', `There is no purpose ${purpose}.`);
    const strange = fieldGroups.find((one) => !(FIELD_GROUPS as readonly string[]).includes(one));
    if (strange !== undefined) throw partnerInvalid('fieldGroups', `There is no field group ${strange}.`);
    if (wording.trim().length < 1 || wording.length > 2_000) {
      throw partnerInvalid('wording', 'The wording has 1 to 2000 characters.');
    }
    await this.db.tx(actor, async (em) => {
      const [partner] = (await em.query(`SELECT 1 FROM partner WHERE id = $1 AND state <> 'ended'`, [
        partnerId,
      ])) as unknown[];
      if (partner === undefined) throw partnerNotFound();
      const values = [
        memberId,
        partnerId,
        purpose,
        [...new Set(fieldGroups)],
        granted ? 'granted' : 'withdrawn',
        wording.trim(),
      ];
      await em.query(
        `INSERT INTO partner_consent (member_id, chapter_id, partner_id, purpose, field_group, state, wording, source)
         SELECT m.id, m.chapter_id, $2, $3, g, $5, $6, 'portal' FROM member m, unnest($4::text[]) g WHERE m.id = $1
         ON CONFLICT (member_id, partner_id, purpose, field_group) DO UPDATE
           SET state = excluded.state, wording = excluded.wording, source = excluded.source, at = app.now()`,
        values,
      );
      await em.query(
        `INSERT INTO consent_event (member_id, chapter_id, partner_id, purpose, field_group, state, wording, source, recorded_by)
         SELECT m.id, m.chapter_id, $2, $3, g, $5, $6, 'portal', $7 FROM member m, unnest($4::text[]) g WHERE m.id = $1`,
        [...values, actor.userId],
      );
    });
  }
}
