import { Injectable } from '@nestjs/common';
import { CredentialsService, systemActor, type Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import { Agreement } from './agreement.entity';
import { checkAgreement, checkPartner, type NewAgreement, type NewPartner } from './partner-input';
import { Partner, type PartnerState } from './partner.entity';
import { campaignNotFound, keyNotFound, partnerInvalid, partnerNotFound, slugTaken } from './partners.errors';

/** A key just issued. `key` is shown here and never again. */
export interface IssuedKey {
  readonly id: string;
  readonly key: string;
  readonly expiresAt: Date;
}

const LONGEST_KEY_DAYS = 400;

/** Partners, what was agreed with them, and their keys. All of it needs partners.manage over the whole union. */
@Injectable()
export class PartnersService {
  constructor(
    private readonly db: Database,
    private readonly credentials: CredentialsService,
  ) {}

  /** @returns the partner's id. @throws AppError PARTNER.INVALID, PARTNER.SLUG_TAKEN, AUTHZ.*. */
  async create(actor: Actor, input: NewPartner): Promise<string> {
    actor.requireEverywhere('partners.manage');
    const partner = checkPartner(input);
    return this.db.tx(actor, async (em) => {
      try {
        const { identifiers } = await em.insert(Partner, partner);
        return (identifiers[0] as { id: string }).id;
      } catch (error) {
        if ((error as { constraint?: string }).constraint === 'partner_slug_key') throw slugTaken();
        throw error;
      }
    });
  }

  /** @returns the agreement's id. @throws AppError PARTNER.INVALID, PARTNER.NOT_FOUND, CAMPAIGN.NOT_FOUND, AUTHZ.*. */
  async agree(actor: Actor, input: NewAgreement): Promise<string> {
    actor.requireEverywhere('partners.manage');
    const { campaignIds, partnerId, purposes, fieldGroups, startsAt, endsAt } = checkAgreement(input);
    return this.db.tx(actor, async (em) => {
      if (!(await em.existsBy(Partner, { id: partnerId }))) throw partnerNotFound();
      const { identifiers } = await em.insert(Agreement, {
        partnerId,
        purposes: [...purposes],
        fieldGroups: [...fieldGroups],
        startsAt,
        endsAt: endsAt ?? null,
        createdBy: actor.userId ?? null,
      });
      const { id } = identifiers[0] as { id: string };
      const added = (await em.query(
        `INSERT INTO agreement_campaign (agreement_id, campaign_id)
         SELECT $1, id FROM campaign WHERE id = ANY ($2::uuid[]) RETURNING campaign_id`,
        [id, campaignIds],
      )) as unknown[];
      if (added.length !== new Set(campaignIds).size) throw campaignNotFound();
      return id;
    });
  }

  /** Issues a key of 1 to 400 days. @throws AppError PARTNER.INVALID, PARTNER.NOT_FOUND, AUTHZ.*. */
  async issueKey(
    actor: Actor,
    input: { partnerId: string; label: string; days: number },
  ): Promise<IssuedKey> {
    actor.requireEverywhere('partners.manage');
    const { partnerId, days } = input;
    const label = input.label.trim();
    if (label.length < 1 || label.length > 100)
      throw partnerInvalid('label', 'A label has 1 to 100 characters.');
    if (!Number.isInteger(days) || days < 1 || days > LONGEST_KEY_DAYS) {
      throw partnerInvalid('days', `A key lives 1 to ${LONGEST_KEY_DAYS} days.`);
    }
    return this.db.tx(systemActor('partnership'), async (em) => {
      const partner = await em.findOneBy(Partner, { id: partnerId });
      if (partner === null) throw partnerNotFound();
      if (partner.state !== 'active') throw partnerInvalid('partnerId', 'This partner is not active.');
      return this.credentials.issue(em, actor, { subjectKind: 'partner', subjectId: partnerId, label, days });
    });
  }

  /** The next read with the key is refused. @throws AppError PARTNER.KEY_NOT_FOUND, AUTHZ.*. */
  async revokeKey(actor: Actor, keyId: string): Promise<void> {
    actor.requireEverywhere('partners.manage');
    await this.db.tx(systemActor('partnership'), async (em) => {
      if (!(await this.credentials.revoke(em, 'partner', keyId))) throw keyNotFound();
    });
  }

  /** Suspends, ends or readmits a partner; suspended, its next read is refused. @throws AppError PARTNER.NOT_FOUND, AUTHZ.*. */
  async setState(actor: Actor, partnerId: string, state: PartnerState): Promise<void> {
    actor.requireEverywhere('partners.manage');
    await this.db.tx(actor, async (em) => {
      const { affected } = await em.update(Partner, { id: partnerId }, { state });
      if (affected === 0) throw partnerNotFound();
    });
  }
}
