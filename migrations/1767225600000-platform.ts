import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ground: the application role, the functions that row-level security reads, the outbox,
 * idempotency keys and the local mailbox.
 */
export class Platform1767225600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'unionhall_app') THEN
          CREATE ROLE unionhall_app NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
        END IF;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$;
    `);
    await runner.query(`
      DO $$ BEGIN
        IF NOT pg_has_role(current_user, 'unionhall_app', 'SET') THEN
          EXECUTE format('GRANT unionhall_app TO %I', current_user);
        END IF;
      EXCEPTION WHEN invalid_parameter_value THEN
        EXECUTE format('GRANT unionhall_app TO %I', current_user);
      END $$;
    `);
    await runner.query(`
      CREATE SCHEMA app;
      GRANT USAGE ON SCHEMA app TO unionhall_app;
      GRANT USAGE ON SCHEMA public TO unionhall_app;

      CREATE FUNCTION app.kind() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT coalesce(nullif(current_setting('unionhall.kind', true), ''), 'anonymous') $$;
      CREATE FUNCTION app.user_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT nullif(current_setting('unionhall.user', true), '')::uuid $$;
      CREATE FUNCTION app.member_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT nullif(current_setting('unionhall.member', true), '')::uuid $$;
      CREATE FUNCTION app.partner_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT nullif(current_setting('unionhall.partner', true), '')::uuid $$;
      CREATE FUNCTION app.purpose() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT coalesce(nullif(current_setting('unionhall.purpose', true), ''), 'unstated') $$;
      CREATE FUNCTION app.reason() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT nullif(current_setting('unionhall.reason', true), '') $$;
      CREATE FUNCTION app.sees_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT coalesce(current_setting('unionhall.sees_all', true), '') = 'on' $$;
      CREATE FUNCTION app.chapters() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT coalesce(nullif(current_setting('unionhall.chapters', true), ''), '{}')::uuid[] $$;
      CREATE FUNCTION app.clock_offset() RETURNS interval LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT coalesce(nullif(current_setting('unionhall.clock_offset', true), ''), '0')::interval $$;
      CREATE FUNCTION app.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT transaction_timestamp() + app.clock_offset() $$;
      CREATE FUNCTION app.clock() RETURNS timestamptz LANGUAGE sql VOLATILE
        AS $$ SELECT clock_timestamp() + app.clock_offset() $$;
    `);
    const [{ version }] = (await runner.query(
      `SELECT current_setting('server_version_num')::int AS version`,
    )) as [{ version: number }];
    await runner.query(
      version >= 180000
        ? `CREATE FUNCTION app.new_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$ SELECT uuidv7() $$;`
        : `CREATE FUNCTION app.new_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
             SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
               PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
               FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid $$;`,
    );
    await runner.query(`
      CREATE FUNCTION app.grant_table(name text) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO unionhall_app', name);
      END $$;

      CREATE FUNCTION app.protect_person_table(name text, person text, chapter text) RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE condition text := format(
        '(SELECT app.sees_all()) OR %1$I = ANY ((SELECT app.chapters())::uuid[]) OR %2$I = (SELECT app.member_id())',
        chapter, person);
      BEGIN
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY %I ON %I USING (%s) WITH CHECK (%s)', name || '_scope', name, condition, condition);
        PERFORM app.grant_table(name);
      END $$;

      CREATE FUNCTION app.protect_chapter_table(name text, chapter text) RETURNS void
      LANGUAGE plpgsql AS $$
      DECLARE condition text := format(
        '(SELECT app.sees_all()) OR %1$I = ANY ((SELECT app.chapters())::uuid[])', chapter);
      BEGIN
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY %I ON %I USING (%s) WITH CHECK (%s)', name || '_scope', name, condition, condition);
        PERFORM app.grant_table(name);
      END $$;

      CREATE FUNCTION app.protect_system_table(name text) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY %I ON %I USING ((SELECT app.kind()) = %L) WITH CHECK ((SELECT app.kind()) = %L)',
          name || '_system', name, 'system', 'system');
        PERFORM app.grant_table(name);
      END $$;
    `);
    await runner.query(`
      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        type text NOT NULL,
        payload jsonb NOT NULL,
        emitted_at timestamptz NOT NULL DEFAULT app.now(),
        due_at timestamptz NOT NULL DEFAULT app.now(),
        handled_by text[] NOT NULL DEFAULT '{}',
        attempts int NOT NULL DEFAULT 0,
        last_error text,
        handled_at timestamptz,
        parked_at timestamptz
      );
      CREATE INDEX outbox_due ON outbox (due_at, id) WHERE handled_at IS NULL AND parked_at IS NULL;
      SELECT app.grant_table('outbox');

      CREATE TABLE idempotency_key (
        actor_key text NOT NULL,
        operation text NOT NULL,
        key text NOT NULL,
        request_hash text NOT NULL,
        answer jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT app.now(),
        PRIMARY KEY (actor_key, operation, key)
      );
      CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
      SELECT app.grant_table('idempotency_key');

      CREATE TABLE mailbox_message (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        recipient text NOT NULL,
        subject text NOT NULL,
        raw text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT app.now()
      );
      CREATE INDEX mailbox_message_recent ON mailbox_message (received_at DESC, id DESC);
      CREATE INDEX mailbox_message_recipient ON mailbox_message (recipient, received_at DESC);
      SELECT app.protect_system_table('mailbox_message');

      CREATE TABLE setting (name text PRIMARY KEY, value jsonb NOT NULL);
      SELECT app.grant_table('setting');
    `);
  }

  async down(): Promise<void> {
    throw new Error('the first migration is not taken back');
  }
}
