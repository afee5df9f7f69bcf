// What one who needs no preview, undo, refusals, provenance or row-level security would write.
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { pipeline } from 'node:stream/promises';

const require = createRequire(import.meta.url);
const { from } = require('pg-copy-streams');

const LOAD = `
  CREATE TEMPORARY TABLE load (
    uuid text, first_name text, last_name text, email text, phone text, address text, city text, state text, zip text,
    county text, tags text, status text, sms text) ON COMMIT DROP`;

const MERGE = `
  INSERT INTO member (chapter_id, given_name, family_name, email, email_key, phone, phone_key, postal_code, city, region, custom)
  SELECT c.id, l.first_name, l.last_name, l.email, lower(l.email), replace(l.phone, ' ', ''), replace(l.phone, ' ', ''), l.zip,
         l.city, l.state, jsonb_build_object('uuid', l.uuid, 'can2_user_address', l.address, 'County', l.county)
    FROM load l, (SELECT id FROM chapter) c
  ON CONFLICT (email_key) WHERE email_key IS NOT NULL AND erased_at IS NULL DO UPDATE
    SET given_name = EXCLUDED.given_name, family_name = EXCLUDED.family_name, phone = EXCLUDED.phone, phone_key = EXCLUDED.phone_key,
        postal_code = EXCLUDED.postal_code, city = EXCLUDED.city, region = EXCLUDED.region, custom = EXCLUDED.custom, updated_at = now()`;

const TAGS = `INSERT INTO tag (name) SELECT DISTINCT unnest(string_to_array(tags, ', ')) FROM load ON CONFLICT DO NOTHING`;
const TAGGED = `
  INSERT INTO member_tag (member_id, chapter_id, tag_id)
  SELECT m.id, m.chapter_id, t.id FROM load l JOIN member m ON m.email_key = lower(l.email)
   CROSS JOIN unnest(string_to_array(l.tags, ', ')) n JOIN tag t ON t.name = n ON CONFLICT DO NOTHING`;

/** COPY of the file as it is, then one merge of people and one of tags. @returns milliseconds. */
export async function mergeByHand(client, file) {
  const begun = performance.now();
  await client.query('BEGIN');
  await client.query(LOAD);
  await pipeline(createReadStream(file), client.query(from('COPY load FROM STDIN (FORMAT csv, HEADER)')));
  await client.query('ANALYZE load');
  for (const statement of [MERGE, TAGS, TAGGED]) await client.query(statement);
  await client.query('COMMIT');
  return performance.now() - begun;
}
