import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How places are given: guests, requests that somebody approves, invitations, offers that hold a place for a while, and
 * what becomes of whoever was not marked.
 */
export class Places1767225930000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE gathering
        ADD COLUMN admission text NOT NULL DEFAULT 'open',
        ADD COLUMN guests_allowed smallint NOT NULL DEFAULT 0,
        ADD COLUMN offer_hours smallint,
        ADD COLUMN held_count integer NOT NULL DEFAULT 0,
        ADD COLUMN grace_hours smallint NOT NULL DEFAULT 48,
        ADD COLUMN absent_after_grace boolean NOT NULL DEFAULT false,
        ADD COLUMN settled_at timestamptz;
      ALTER TABLE gathering
        ADD CONSTRAINT gathering_admission CHECK (admission IN ('open', 'approval', 'invitation')) NOT VALID,
        ADD CONSTRAINT gathering_unlisted CHECK (NOT (listed AND admission = 'invitation')) NOT VALID,
        ADD CONSTRAINT gathering_guests CHECK (guests_allowed BETWEEN 0 AND 5) NOT VALID,
        ADD CONSTRAINT gathering_offer CHECK (offer_hours BETWEEN 1 AND 168) NOT VALID,
        ADD CONSTRAINT gathering_grace CHECK (grace_hours BETWEEN 1 AND 720) NOT VALID;
      ALTER TABLE rsvp
        ADD COLUMN guests smallint NOT NULL DEFAULT 0,
        ADD COLUMN requested_at timestamptz,
        ADD COLUMN offer_expires_at timestamptz,
        ADD COLUMN refusal text;
      ALTER TABLE rsvp
        ADD CONSTRAINT rsvp_guests CHECK (guests BETWEEN 0 AND 5) NOT VALID,
        ADD CONSTRAINT rsvp_waits CHECK (status = 'waitlisted' OR (requested_at IS NULL AND offer_expires_at IS NULL)) NOT VALID,
        ADD CONSTRAINT rsvp_refusal CHECK (length(refusal) BETWEEN 1 AND 500) NOT VALID;
      ALTER TABLE attendance DROP CONSTRAINT attendance_source_check;
      ALTER TABLE attendance ADD CONSTRAINT attendance_source_check
        CHECK (source IN ('door', 'zoom', 'organizer', 'import', 'system')) NOT VALID;

      CREATE OR REPLACE FUNCTION app.guard_gathering() RETURNS trigger LANGUAGE plpgsql
      SET search_path = public, pg_temp AS $$
      DECLARE counts text[] := '{going_count,waitlisted_count,attended_count,held_count}';
      BEGIN
        IF app.sees_all() OR (OLD.chapter_id = ANY (app.chapters()) AND NEW.chapter_id = ANY (app.chapters()))
           OR to_jsonb(NEW) - counts = to_jsonb(OLD) - counts THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'this gathering is planned in another chapter' USING ERRCODE = 'insufficient_privilege';
      END $$;

      CREATE FUNCTION app.places_of(status text, guests smallint) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
        SELECT CASE WHEN status = 'going' THEN 1 + guests ELSE 0 END $$;
      CREATE FUNCTION app.places_held(offer timestamptz, guests smallint) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
        SELECT CASE WHEN offer IS NULL THEN 0 ELSE 1 + guests END $$;
      CREATE OR REPLACE FUNCTION app.count_rsvps() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          UPDATE gathering g SET going_count = going_count + d.going, waitlisted_count = waitlisted_count + d.waiting, held_count = held_count + d.held
          FROM (SELECT gathering_id, sum(app.places_of(status, guests)) AS going,
                       count(*) FILTER (WHERE status = 'waitlisted') AS waiting, sum(app.places_held(offer_expires_at, guests)) AS held
                FROM after GROUP BY gathering_id) d
          WHERE g.id = d.gathering_id AND (d.going <> 0 OR d.waiting <> 0 OR d.held <> 0);
        ELSIF TG_OP = 'DELETE' THEN
          UPDATE gathering g SET going_count = going_count - d.going, waitlisted_count = waitlisted_count - d.waiting, held_count = held_count - d.held
          FROM (SELECT gathering_id, sum(app.places_of(status, guests)) AS going,
                       count(*) FILTER (WHERE status = 'waitlisted') AS waiting, sum(app.places_held(offer_expires_at, guests)) AS held
                FROM before GROUP BY gathering_id) d
          WHERE g.id = d.gathering_id AND (d.going <> 0 OR d.waiting <> 0 OR d.held <> 0);
        ELSE
          UPDATE gathering g SET going_count = going_count + d.going, waitlisted_count = waitlisted_count + d.waiting, held_count = held_count + d.held
          FROM (SELECT gathering_id, sum(sign * app.places_of(status, guests)) AS going,
                       sum(CASE status WHEN 'waitlisted' THEN sign ELSE 0 END) AS waiting,
                       sum(sign * app.places_held(offer_expires_at, guests)) AS held
                FROM (SELECT gathering_id, status, guests, offer_expires_at, 1 AS sign FROM after
                      UNION ALL SELECT gathering_id, status, guests, offer_expires_at, -1 FROM before) c
                GROUP BY gathering_id) d
          WHERE g.id = d.gathering_id AND (d.going <> 0 OR d.waiting <> 0 OR d.held <> 0);
        END IF;
        RETURN NULL;
      END $$;
    `);
    await runner.query(`
      ALTER TABLE gathering VALIDATE CONSTRAINT gathering_admission, VALIDATE CONSTRAINT gathering_unlisted,
        VALIDATE CONSTRAINT gathering_guests, VALIDATE CONSTRAINT gathering_offer, VALIDATE CONSTRAINT gathering_grace;
      ALTER TABLE rsvp VALIDATE CONSTRAINT rsvp_guests, VALIDATE CONSTRAINT rsvp_waits, VALIDATE CONSTRAINT rsvp_refusal;
      ALTER TABLE attendance VALIDATE CONSTRAINT attendance_source_check;
      CREATE INDEX rsvp_offers ON rsvp (offer_expires_at) WHERE offer_expires_at IS NOT NULL;
      CREATE INDEX gathering_unsettled ON gathering (ends_at) WHERE state = 'scheduled' AND settled_at IS NULL;
    `);
  }

  async down(): Promise<void> {
    throw new Error('places that were given are not taken back');
  }
}
