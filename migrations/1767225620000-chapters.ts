import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The chapter tree. `path` is `/root/…/self/`, kept by triggers. */
export class Chapters1767225620000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chapter (
        id uuid PRIMARY KEY DEFAULT app.new_id(),
        parent_id uuid REFERENCES chapter (id),
        name text NOT NULL CHECK (name <> ''),
        kind text NOT NULL CHECK (kind IN ('union', 'region', 'city', 'caucus', 'workplace')),
        slug text NOT NULL UNIQUE,
        time_zone text NOT NULL,
        language text NOT NULL,
        path text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT app.now(),
        CHECK (parent_id IS DISTINCT FROM id)
      );
      CREATE INDEX chapter_parent ON chapter (parent_id, name);
      CREATE UNIQUE INDEX chapter_path ON chapter (path text_pattern_ops);
      SELECT app.grant_table('chapter');

      CREATE FUNCTION app.place_chapter() RETURNS trigger LANGUAGE plpgsql
      SET search_path = public, pg_temp AS $$
      DECLARE above text := '/';
      BEGIN
        IF NEW.parent_id IS NOT NULL THEN
          SELECT path INTO above FROM chapter WHERE id = NEW.parent_id;
          IF above IS NULL THEN
            RAISE EXCEPTION 'no such parent chapter' USING ERRCODE = '23503', CONSTRAINT = 'chapter_parent_id_fkey';
          END IF;
          IF strpos(above, '/' || NEW.id || '/') > 0 THEN
            RAISE EXCEPTION 'a chapter cannot stand below itself' USING ERRCODE = 'UH010';
          END IF;
        END IF;
        NEW.path := above || NEW.id || '/';
        RETURN NEW;
      END $$;
      CREATE TRIGGER chapter_place BEFORE INSERT OR UPDATE OF parent_id ON chapter
        FOR EACH ROW EXECUTE FUNCTION app.place_chapter();

      CREATE FUNCTION app.carry_chapters() RETURNS trigger LANGUAGE plpgsql
      SET search_path = public, pg_temp AS $$
      BEGIN
        UPDATE chapter SET path = NEW.path || substr(path, length(OLD.path) + 1)
         WHERE path LIKE OLD.path || '%' AND id <> NEW.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER chapter_carry AFTER UPDATE OF parent_id ON chapter
        FOR EACH ROW WHEN (OLD.path <> NEW.path) EXECUTE FUNCTION app.carry_chapters();

      CREATE FUNCTION app.chapter_subtree(root uuid) RETURNS uuid[] LANGUAGE sql STABLE
      SET search_path = public, pg_temp AS $$
        SELECT coalesce(array_agg(c.id), '{}') FROM chapter r JOIN chapter c ON c.path LIKE r.path || '%' WHERE r.id = root
      $$;

      ALTER TABLE role_grant ADD FOREIGN KEY (chapter_id) REFERENCES chapter (id);

      CREATE FUNCTION app.raise_authz_of_tree() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = public, pg_temp AS $$
      DECLARE before text := app.kind();
      BEGIN
        PERFORM set_config('unionhall.kind', 'system', true);
        UPDATE user_account SET authz_version = authz_version + 1
         WHERE id IN (SELECT user_id FROM role_grant WHERE chapter_id IS NOT NULL AND revoked_at IS NULL);
        PERFORM set_config('unionhall.kind', before, true);
        RETURN NULL;
      END $$;
      CREATE TRIGGER chapter_authz AFTER INSERT OR DELETE OR UPDATE OF parent_id ON chapter
        FOR EACH STATEMENT EXECUTE FUNCTION app.raise_authz_of_tree();
    `);
  }

  async down(): Promise<void> {
    throw new Error('the chapter tree is not taken back');
  }
}
