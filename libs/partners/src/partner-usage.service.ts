import { Injectable } from '@nestjs/common';
import { systemActor, type Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';

/** What a partner used on the current day, by UTC. `cost` is the most rows its queries could have given. */
export interface PartnerDay {
  readonly queries: number;
  readonly cost: number;
  readonly people: number;
  /** The limit on different people, the same for every partner. */
  readonly peoplePerDay: number;
}

/** A key without its secret. */
export interface PartnerKeyFacts {
  readonly id: string;
  readonly label: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** What a partner may know of its own standing: its agreements, the key it asks with, and its day. */
export interface Partnership {
  readonly name: string;
  readonly keyLabel: string;
  readonly keyExpiresAt: Date;
  readonly agreements: readonly {
    readonly purposes: readonly string[];
    readonly fieldGroups: readonly string[];
    readonly campaigns: readonly string[];
    readonly startsAt: string;
    readonly endsAt: string | null;
  }[];
  readonly today: PartnerDay;
}

const TODAY = `(app.now() AT TIME ZONE 'UTC')::date`;
const PEOPLE = `(SELECT count(*)::int FROM partner_reach WHERE partner_id = $1 AND day = ${TODAY})`;
const LIMIT = `(SELECT (value ->> 'peoplePerDay')::int FROM setting WHERE name = 'partner-limits') AS "peoplePerDay"`;

/** How much partners ask for. */
@Injectable()
export class PartnerUsageService {
  constructor(private readonly db: Database) {}

  /** Adds one query to the partner's day, in one statement. @returns the day so far. */
  async record(actor: Actor, cost: number): Promise<PartnerDay> {
    const { rows } = await this.db.read(systemActor('partnership'), {
      text: `INSERT INTO partner_usage AS u (partner_id, day, queries, cost, people)
        VALUES ($1, ${TODAY}, 1, $2, ${PEOPLE})
        ON CONFLICT (partner_id, day) DO UPDATE
          SET queries = u.queries + 1, cost = u.cost + excluded.cost, people = greatest(u.people, excluded.people)
        RETURNING queries, cost::int, people, ${LIMIT}`,
      values: [actor.partnerId, cost],
    });
    return rows[0] as PartnerDay;
  }

  /** The standing of the partner that asks; undefined to anyone else. */
  async partnership(actor: Actor): Promise<Partnership | undefined> {
    if (actor.partnerId === undefined) return undefined;
    const { rows } = await this.db.read(systemActor('partnership'), {
      text: `SELECT p.name, c.label AS "keyLabel", c.expires_at AS "keyExpiresAt",
          (SELECT coalesce(json_agg(json_build_object('purposes', a.purposes, 'fieldGroups', a.field_groups,
             'campaigns', (SELECT coalesce(json_agg(m.slug ORDER BY m.slug), '[]') FROM agreement_campaign ac
                JOIN campaign m ON m.id = ac.campaign_id WHERE ac.agreement_id = a.id),
             'startsAt', a.starts_at, 'endsAt', a.ends_at) ORDER BY a.starts_at DESC), '[]')
            FROM agreement a WHERE a.partner_id = p.id) AS agreements,
          (SELECT json_build_object('queries', coalesce(max(u.queries), 0), 'cost', coalesce(max(u.cost), 0),
             'people', ${PEOPLE}, 'peoplePerDay', (SELECT (value ->> 'peoplePerDay')::int FROM setting
                WHERE name = 'partner-limits')) FROM partner_usage u
            WHERE u.partner_id = p.id AND u.day = ${TODAY}) AS today
        FROM partner p JOIN api_credential c ON c.subject_kind = 'partner' AND c.subject_id = p.id AND c.id = $2
        WHERE p.id = $1`,
      values: [actor.partnerId, actor.credentialId],
    });
    return rows[0] as Partnership | undefined;
  }

  /** A partner's keys, newest first. @throws AppError AUTHZ.*. */
  async keys(actor: Actor, partnerId: string): Promise<readonly PartnerKeyFacts[]> {
    actor.requireEverywhere('partners.manage');
    const { rows } = await this.db.read(systemActor('partnership'), {
      text: `SELECT id, label, created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"
        FROM api_credential WHERE subject_kind = 'partner' AND subject_id = $1 ORDER BY created_at DESC`,
      values: [partnerId],
    });
    return rows as PartnerKeyFacts[];
  }
}
