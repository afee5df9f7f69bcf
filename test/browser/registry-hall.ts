import { GrantsService, systemActor, UsersService } from '@unionhall/identity';
import type { ScreenHall } from '../support/screen-hall';

const SYSTEM = systemActor('test');

/** Fills a hall with what the registry's screens show: chapters below, tags, roles, a history, imports. */
export async function seedRegistry({ union, look, chapterId }: ScreenHall): Promise<void> {
  await look(
    `INSERT INTO chapter (parent_id, name, kind, slug, time_zone, language) VALUES
       ($1, 'Fruitvale', 'workplace', 'fruitvale', 'America/Los_Angeles', 'es'),
       ($1, 'Bay Area creators', 'caucus', 'creators', 'America/Los_Angeles', 'en')`,
    [chapterId],
  );
  await look(
    `INSERT INTO member (chapter_id, given_name, family_name, status, language)
     SELECT c.id, 'Rosa', 'Fruitvale' || n, 'member', 'es' FROM chapter c, generate_series(1, 12) n WHERE slug = 'fruitvale'`,
  );
  await look(`INSERT INTO tag (name) VALUES ('driver'), ('phone bank'), ('speaks Spanish')`);
  await look(
    `INSERT INTO member_tag (member_id, chapter_id, tag_id)
     SELECT m.id, m.chapter_id, g.id FROM member m, tag g
      WHERE m.email_key = 'member7@example.org' OR (g.name = 'phone bank' AND m.family_name LIKE 'Family00_3')`,
  );
  await look(
    `INSERT INTO gathering (chapter_id, kind, title, starts_at, ends_at, time_zone)
     SELECT id, 'training', 'How to log off together', now() + interval '3 days', now() + interval '3 days 1 hour', time_zone
       FROM chapter WHERE slug = 'oakland'
     UNION ALL SELECT id, 'listening_session', 'What the feed does to us', now() - interval '9 days', now() - interval '9 days' + interval '1 hour', time_zone
       FROM chapter WHERE slug = 'oakland'`,
  );
  await look(
    `INSERT INTO rsvp (gathering_id, member_id, chapter_id, status, source)
     SELECT g.id, m.id, m.chapter_id, 'going', 'portal' FROM gathering g, member m WHERE m.email_key = 'member7@example.org'`,
  );
  await look(
    `INSERT INTO attendance (gathering_id, member_id, chapter_id, status, minutes, source)
     SELECT g.id, m.id, m.chapter_id, 'attended', 55, 'door' FROM gathering g, member m
      WHERE g.kind = 'listening_session' AND m.email_key = 'member7@example.org'`,
  );
  await look(
    `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
     SELECT id, chapter_id, 'events', 'email', 'granted', 'Yes', 'sign-up form' FROM member WHERE email_key = 'member7@example.org'`,
  );
  await look(
    `INSERT INTO campaign (chapter_id, slug, title, target, starts_at, time_zone, state)
     VALUES ($1, 'log-off', 'Log off in September', 'Example Social', now() - interval '20 days', 'America/Los_Angeles', 'open')`,
    [chapterId],
  );
  await look(
    `INSERT INTO commitment (campaign_id, member_id, chapter_id, kind, status)
     SELECT c.id, m.id, m.chapter_id, 'log_off', 'pledged' FROM campaign c, member m WHERE m.email_key = 'member7@example.org'`,
  );
  await look(
    `INSERT INTO import_run (chapter_id, encoding, state, row_count, new_count) VALUES ($1, 'utf-8', 'previewed', 1500, 1480), ($1, 'utf-8', 'undone', 20, 20)`,
    [chapterId],
  );
  await union.api
    .get(UsersService)
    .ensure(SYSTEM, { email: 'facilitator@example.org', password: 'correct horse battery' });
  await union.api.get(GrantsService).giveTo(SYSTEM, 'facilitator@example.org', {
    role: 'facilitator',
    chapterId,
    purposes: ['organizing', 'training'],
  });
}
