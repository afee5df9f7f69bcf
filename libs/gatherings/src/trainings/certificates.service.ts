import { Injectable } from '@nestjs/common';
import { systemActor, type Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import { notAMember } from '../gatherings.errors';
import { readCode } from './completions';
import { refreshLadder } from './ladder';
import { certificateNotFound } from './trainings.errors';

export const SHOWN_AS = ['nobody', 'initials', 'first_name', 'full_name'] as const;
/** How a certificate names its holder to whoever checks its code. The holder chooses. */
export type ShownAs = (typeof SHOWN_AS)[number];

/** What everyone who has a code may know. */
export interface CertificatePage {
  readonly code: string;
  readonly course: string;
  readonly chapter: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date | null;
  readonly timeZone: string;
  readonly standing: 'valid' | 'expired' | 'revoked';
  /** As the holder chose; null: not at all. */
  readonly holder: string | null;
}

const PAGE = `
  SELECT x.code, c.title AS course, h.name AS chapter, x.issued_at AS "issuedAt", x.expires_at AS "expiresAt", h.time_zone AS "timeZone",
    CASE WHEN x.revoked_at IS NOT NULL THEN 'revoked' WHEN x.expires_at <= app.now() THEN 'expired' ELSE 'valid' END AS standing,
    CASE x.shown_as WHEN 'full_name' THEN btrim(m.given_name || ' ' || m.family_name) WHEN 'first_name' THEN m.given_name
      WHEN 'initials' THEN nullif(upper(left(m.given_name, 1)) || coalesce('. ' || nullif(upper(left(m.family_name, 1)), '') || '.', '.'), '.') END AS holder
  FROM certificate x JOIN course c ON c.id = x.course_id JOIN chapter h ON h.id = c.chapter_id JOIN member m ON m.id = x.member_id
  WHERE x.code = $1`;

/** Certificates, as their holders and those who check them deal with them. */
@Injectable()
export class CertificatesService {
  constructor(private readonly db: Database) {}

  /**
   * What stands behind a code, for everyone who has it: it was given to them by the holder.
   * @throws AppError CERTIFICATE.NOT_FOUND.
   */
  async check(given: string): Promise<CertificatePage> {
    const code = readCode(given);
    if (code.length !== 16) throw certificateNotFound('code');
    const { rows } = await this.db.read(systemActor('training'), { text: PAGE, values: [code] });
    const page = rows[0] as CertificatePage | undefined;
    if (page === undefined) throw certificateNotFound('code');
    return page;
  }

  /** A holder chooses how a certificate names them. @throws AppError RSVP.NOT_A_MEMBER, CERTIFICATE.NOT_FOUND. */
  async showAs(actor: Actor, certificateId: string, shownAs: ShownAs): Promise<void> {
    if (actor.memberId === undefined) throw notAMember();
    await this.db.tx(actor, async (em) => {
      const rows = (await em.query(
        `WITH x AS (UPDATE certificate SET shown_as = $3 WHERE id = $1 AND member_id = $2 RETURNING id) SELECT id FROM x`,
        [certificateId, actor.memberId, shownAs],
      )) as unknown[];
      if (rows.length === 0) throw certificateNotFound();
    });
  }

  /** Takes a certificate back. @throws AppError AUTHZ.* (gatherings.edit where the member is), CERTIFICATE.NOT_FOUND. */
  async revoke(actor: Actor, certificateId: string): Promise<void> {
    actor.require('gatherings.edit');
    await this.db.tx(actor, async (em) => {
      const [found] = (await em.query(
        `SELECT chapter_id AS "chapterId", member_id AS "memberId" FROM certificate WHERE id = $1 AND revoked_at IS NULL FOR UPDATE`,
        [certificateId],
      )) as { chapterId: string; memberId: string }[];
      if (found === undefined) throw certificateNotFound();
      actor.require('gatherings.edit', found.chapterId);
      await em.query(
        `UPDATE certificate SET revoked_at = app.now(), revoked_for = 'organizer' WHERE id = $1`,
        [certificateId],
      );
      await refreshLadder(em, [found.memberId]);
    });
  }

  /** Those whose certificate has run out stand where the rest of theirs puts them. @returns how many were looked at. */
  async sweep(): Promise<number> {
    return this.db.tx(systemActor('training'), async (em) => {
      const rows = (await em.query(
        `WITH seen AS (UPDATE certificate SET expiry_seen = true WHERE id IN (
           SELECT id FROM certificate WHERE revoked_at IS NULL AND NOT expiry_seen AND expires_at <= app.now()
           ORDER BY expires_at LIMIT 1000 FOR UPDATE SKIP LOCKED) RETURNING member_id) SELECT member_id AS id FROM seen`,
      )) as { id: string }[];
      await refreshLadder(em, [...new Set(rows.map(({ id }) => id))]);
      return rows.length;
    });
  }
}
