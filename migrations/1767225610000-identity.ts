import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Users, sessions, sign-in links, keys, grants, and the check of all of them at every BEGIN. */
export class Identity1767225610000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(SECURITY);
    await runner.query(VERSIONS);
    await runner.query(BIND);
  }

  async down(): Promise<void> {
    throw new Error('identity is not taken back');
  }
}

const TABLES = `
  CREATE TABLE user_account (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    email text NOT NULL,
    email_key text NOT NULL UNIQUE,
    member_id uuid UNIQUE,
    password_hash text,
    authz_version int NOT NULL DEFAULT 1,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT app.now()
  );

  CREATE TABLE session (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    user_id uuid NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,
    previous_hash bytea UNIQUE,
    previous_until timestamptz,
    method text NOT NULL CHECK (method IN ('password', 'link')),
    created_at timestamptz NOT NULL DEFAULT app.now(),
    rotated_at timestamptz NOT NULL DEFAULT app.now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
  );
  CREATE INDEX session_by_user ON session (user_id);
  CREATE INDEX session_expiry ON session (expires_at);

  CREATE TABLE sign_in_link (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    email text NOT NULL,
    email_key text NOT NULL,
    user_id uuid REFERENCES user_account (id) ON DELETE CASCADE,
    member_id uuid,
    token_hash bytea UNIQUE,
    requested_at timestamptz NOT NULL DEFAULT app.now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
  );
  CREATE INDEX sign_in_link_email ON sign_in_link (email_key);
  CREATE INDEX sign_in_link_user ON sign_in_link (user_id);
  CREATE INDEX sign_in_link_member ON sign_in_link (member_id);
  CREATE INDEX sign_in_link_expiry ON sign_in_link (expires_at);

  CREATE TABLE api_credential (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    subject_kind text NOT NULL CHECK (subject_kind IN ('partner')),
    subject_id uuid NOT NULL,
    label text NOT NULL,
    secret_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT app.now(),
    created_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
    expires_at timestamptz NOT NULL,
    suspended_at timestamptz,
    revoked_at timestamptz
  );
  CREATE INDEX api_credential_subject ON api_credential (subject_kind, subject_id);

  CREATE TABLE role_grant (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    user_id uuid NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('organizer', 'facilitator', 'steward', 'admin', 'auditor')),
    chapter_id uuid,
    purposes text[] NOT NULL DEFAULT '{}',
    granted_by uuid REFERENCES user_account (id) ON DELETE SET NULL,
    granted_at timestamptz NOT NULL DEFAULT app.now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    revoked_by uuid REFERENCES user_account (id) ON DELETE SET NULL
  );
  CREATE INDEX role_grant_user ON role_grant (user_id);
  CREATE INDEX role_grant_chapter ON role_grant (chapter_id);
  COMMENT ON COLUMN role_grant.chapter_id IS 'The root of the subtree; null: the whole union.';

  CREATE TABLE sign_in_attempt (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    account_hash text NOT NULL,
    address_hash text NOT NULL,
    at timestamptz NOT NULL DEFAULT app.now(),
    succeeded boolean NOT NULL DEFAULT false
  );
  CREATE INDEX sign_in_attempt_account ON sign_in_attempt (kind, account_hash, at);
  CREATE INDEX sign_in_attempt_address ON sign_in_attempt (kind, address_hash, at);
  CREATE INDEX sign_in_attempt_age ON sign_in_attempt (at);
`;

const SECURITY = `
  ALTER TABLE user_account ENABLE ROW LEVEL SECURITY;
  ALTER TABLE user_account FORCE ROW LEVEL SECURITY;
  CREATE POLICY user_account_scope ON user_account
    USING ((SELECT app.kind()) = 'system' OR id = (SELECT app.user_id()))
    WITH CHECK ((SELECT app.kind()) = 'system');
  ALTER TABLE session ENABLE ROW LEVEL SECURITY;
  ALTER TABLE session FORCE ROW LEVEL SECURITY;
  CREATE POLICY session_scope ON session
    USING ((SELECT app.kind()) = 'system' OR user_id = (SELECT app.user_id()));
  ALTER TABLE role_grant ENABLE ROW LEVEL SECURITY;
  ALTER TABLE role_grant FORCE ROW LEVEL SECURITY;
  CREATE POLICY role_grant_scope ON role_grant
    USING ((SELECT app.sees_all()) OR chapter_id = ANY ((SELECT app.chapters())::uuid[])
      OR user_id = (SELECT app.user_id()))
    WITH CHECK ((SELECT app.sees_all()) OR chapter_id = ANY ((SELECT app.chapters())::uuid[]));
  SELECT app.protect_system_table('sign_in_link');
  SELECT app.protect_system_table('api_credential');
  SELECT app.protect_system_table('sign_in_attempt');
  SELECT app.grant_table('user_account');
  SELECT app.grant_table('session');
  SELECT app.grant_table('role_grant');
`;

/** Whatever changes a user's rights raises their authz_version, so that actors made before are refused. */
const VERSIONS = `
  CREATE FUNCTION app.raise_authz_of_grant() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
  DECLARE before text := app.kind();
  BEGIN
    PERFORM set_config('unionhall.kind', 'system', true);
    UPDATE user_account SET authz_version = authz_version + 1
     WHERE id IN (CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.user_id END,
                  CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.user_id END);
    PERFORM set_config('unionhall.kind', before, true);
    RETURN NULL;
  END $$;
  CREATE TRIGGER role_grant_authz AFTER INSERT OR UPDATE OR DELETE ON role_grant
    FOR EACH ROW EXECUTE FUNCTION app.raise_authz_of_grant();

  CREATE FUNCTION app.raise_authz_of_user() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
  BEGIN
    NEW.authz_version := OLD.authz_version + 1;
    RETURN NEW;
  END $$;
  CREATE TRIGGER user_account_authz BEFORE UPDATE ON user_account FOR EACH ROW
    WHEN (OLD.disabled_at IS DISTINCT FROM NEW.disabled_at OR OLD.member_id IS DISTINCT FROM NEW.member_id)
    EXECUTE FUNCTION app.raise_authz_of_user();
`;

const BIND = `
  CREATE FUNCTION app.bind(p_kind text, p_user uuid, p_member uuid, p_partner uuid, p_purpose text,
    p_sees_all boolean, p_chapters uuid[], p_reason text, p_credential uuid, p_version int,
    p_until timestamptz) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    v_version int;
    v_member uuid;
    v_live boolean;
  BEGIN
    PERFORM set_config('unionhall.kind', 'system', true);
    IF p_kind = 'user' THEN
      SELECT u.authz_version, u.member_id,
             u.disabled_at IS NULL AND (p_credential IS NULL OR EXISTS (
               SELECT FROM session s WHERE s.id = p_credential AND s.user_id = u.id
                  AND s.revoked_at IS NULL AND s.expires_at > app.now()))
        INTO v_version, v_member, v_live FROM user_account u WHERE u.id = p_user;
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
    PERFORM set_config('unionhall.kind', p_kind, true),
            set_config('unionhall.user', coalesce(p_user::text, ''), true),
            set_config('unionhall.member', coalesce(p_member::text, ''), true),
            set_config('unionhall.partner', coalesce(p_partner::text, ''), true),
            set_config('unionhall.purpose', p_purpose, true),
            set_config('unionhall.sees_all', CASE WHEN p_sees_all THEN 'on' ELSE 'off' END, true),
            set_config('unionhall.chapters', coalesce(p_chapters, '{}')::text, true),
            set_config('unionhall.reason', coalesce(p_reason, ''), true);
  END $$;
  REVOKE ALL ON FUNCTION app.bind FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION app.bind TO unionhall_app;
`;
