import type { EntityManager } from 'typeorm';
import { registerPersonalData } from '@unionhall/consent';

registerPersonalData({
  tables: ['partner_reach'],

  async export(em: EntityManager, memberId: string): Promise<Record<string, unknown>> {
    const seenByPartners: unknown = await em.query(
      `SELECT p.name AS partner, r.day FROM partner_reach r JOIN partner p ON p.id = r.partner_id
        WHERE r.member_id = $1 ORDER BY r.day, p.name`,
      [memberId],
    );
    return { seenByPartners };
  },

  async erase(em: EntityManager, memberId: string): Promise<void> {
    await em.query(`DELETE FROM partner_reach WHERE member_id = $1`, [memberId]);
  },

  async merge(em: EntityManager, keepId: string, dropId: string): Promise<void> {
    await em.query(
      `WITH moved AS (DELETE FROM partner_reach WHERE member_id = $1 RETURNING partner_id, day)
       INSERT INTO partner_reach (partner_id, day, member_id) SELECT partner_id, day, $2 FROM moved ON CONFLICT DO NOTHING`,
      [dropId, keepId],
    );
  },
});
