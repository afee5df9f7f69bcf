import type { PersonalDataHandler } from '@unionhall/consent';
import { TestimonyCipher } from './testimony-cipher';

interface Exported {
  readonly id: string;
  readonly key_id: string;
  readonly wrapped: Buffer | null;
  readonly texts: readonly { kind: string; language: string; sealed: string }[];
}

/**
 * What one person has said: given out readable, or made unreadable for good by deleting the key that it
 * was sealed with, whatever copy of it is left somewhere.
 */
export const listeningPersonalData: PersonalDataHandler = {
  tables: ['testimony'],

  async export(em, memberId, config) {
    const cipher = new TestimonyCipher(config);
    const rows = (await em.query(
      `SELECT t.id, t.key_id, k.wrapped, g.title, t.heard_at, t.language, t.state, t.withdrawn_at,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', x.kind, 'language', x.language, 'machine', x.machine,
             'made_at', x.made_at, 'sealed', translate(encode(x.sealed, 'base64'), E'\\n', '')) ORDER BY x.kind, x.language), '[]')
           FROM testimony_text x WHERE x.testimony_id = t.id) AS texts,
         (SELECT jsonb_agg(jsonb_build_object('quote', c.quote, 'named_as', c.named_as, 'pseudonym', c.pseudonym,
             'shared_with', c.shared_with, 'wording_version', c.wording_version, 'how', c.how, 'at', c.at) ORDER BY c.at, c.id)
           FROM testimony_consent c WHERE c.testimony_id = t.id) AS consents,
         (SELECT coalesce(jsonb_agg(DISTINCT n.name), '[]') FROM testimony_theme s JOIN theme h ON h.id = s.theme_id
           JOIN theme n ON n.id = h.current_id WHERE s.testimony_id = t.id) AS themes
       FROM testimony t JOIN gathering g ON g.id = t.gathering_id LEFT JOIN vault.testimony_key k ON k.id = t.key_id
       WHERE t.member_id = $1 ORDER BY t.id`,
      [memberId],
    )) as Exported[];
    const testimonies = rows.map(({ id, key_id, wrapped, texts, ...rest }) => {
      const key = wrapped === null ? null : cipher.unwrap(key_id, wrapped);
      return {
        ...rest,
        texts: texts.map(({ sealed, ...text }) => ({
          ...text,
          text:
            key === null
              ? null
              : cipher.open(key, { testimonyId: id, ...text }, Buffer.from(sealed, 'base64')),
        })),
      };
    });
    return { testimonies };
  },

  async erase(em, memberId) {
    await em.query(
      `DELETE FROM vault.testimony_key WHERE id IN (SELECT key_id FROM testimony WHERE member_id = $1)`,
      [memberId],
    );
    await em.query(`DELETE FROM testimony WHERE member_id = $1`, [memberId]);
  },

  /** Each testimony names its key, so what was said under two records stays readable under either. */
  async merge(em, keepId, dropId) {
    await em.query(`UPDATE testimony SET member_id = $1 WHERE member_id = $2`, [keepId, dropId]);
  },
};
