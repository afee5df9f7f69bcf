import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The check at every BEGIN, as before, at less cost: the session is joined, and a setting is written
 * only where it does not already say so. What the settings mean is unchanged: empty is nobody, nothing.
 */
export class LeanBind1767225711000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION app.bind(p_kind text, p_user uuid, p_member uuid, p_partner uuid, p_purpose text,
        p_sees_all boolean, p_chapters uuid[], p_reason text, p_credential uuid, p_version int,
        p_until timestamptz) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE
        v_version int;
        v_member uuid;
        v_live boolean;
        v_wanted text;
        v_set text;
      BEGIN
        v_set := set_config('unionhall.kind', 'system', true);
        IF p_kind = 'user' THEN
          SELECT u.authz_version, u.member_id, u.disabled_at IS NULL AND (p_credential IS NULL OR s.id IS NOT NULL)
            INTO v_version, v_member, v_live
            FROM user_account u LEFT JOIN session s ON s.id = p_credential AND s.user_id = u.id
              AND s.revoked_at IS NULL AND s.expires_at > app.now()
           WHERE u.id = p_user;
          IF v_live IS NOT TRUE THEN
            RAISE EXCEPTION 'the session no longer holds' USING ERRCODE = 'UH002';
          END IF;
          IF v_version <> p_version OR v_member IS DISTINCT FROM p_member OR p_until <= app.now() THEN
            RAISE EXCEPTION 'the rights of this user have changed' USING ERRCODE = 'UH001';
          END IF;
        ELSIF p_kind = 'partner' THEN
          PERFORM FROM api_credential c
            WHERE c.id = p_credential AND c.subject_kind = 'partner' AND c.subject_id = p_partner
              AND c.revoked_at IS NULL AND c.suspended_at IS NULL AND c.expires_at > app.now();
          IF NOT FOUND THEN
            RAISE EXCEPTION 'the key no longer holds' USING ERRCODE = 'UH002';
          END IF;
        ELSIF p_kind NOT IN ('system', 'link', 'anonymous') THEN
          RAISE EXCEPTION 'no such kind of actor: %', p_kind USING ERRCODE = '22023';
        END IF;
        v_set := set_config('unionhall.kind', p_kind, true);
        v_set := set_config('unionhall.purpose', p_purpose, true);
        ${[
          ['user', `coalesce(p_user::text, '')`],
          ['member', `coalesce(p_member::text, '')`],
          ['partner', `coalesce(p_partner::text, '')`],
          ['sees_all', `CASE WHEN p_sees_all THEN 'on' ELSE '' END`],
          ['chapters', `CASE WHEN p_chapters = '{}' THEN '' ELSE coalesce(p_chapters::text, '') END`],
          ['reason', `coalesce(p_reason, '')`],
        ]
          .map(([name, value]) => setting(name!, value!))
          .join('')}
      END $$;
    `);
  }

  async down(): Promise<void> {
    throw new Error('the check of actors is not taken back to its slower form');
  }
}

const setting = (name: string, value: string): string => `
        v_wanted := ${value};
        IF coalesce(current_setting('unionhall.${name}', true), '') <> v_wanted THEN
          v_set := set_config('unionhall.${name}', v_wanted, true);
        END IF;`;
