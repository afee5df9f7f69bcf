import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { accessLedger, Database, languageOf, smsSegments, type SmsSegments } from '@unionhall/platform';
import { HOW_TO_STOP, spokenTime, whyOf, pick } from '../message';
import { readerNotFound, templateNotFound, templateTextMissing } from '../outreach.errors';
import { examplesIn } from './example-gathering';
import { checkedText, type TemplateChannel } from './saved-text';
import type { Values } from './variables';
import { Wording } from './wording';

export interface PreviewRequest {
  readonly templateId: string;
  readonly language: string;
  readonly memberId: string;
  /** What is not saved yet, instead of the newest revision. */
  readonly unsaved?: { readonly subject: string; readonly body: string };
}

/** A message as one person would see it; no link in it leads anywhere. */
export interface Preview {
  readonly subject: string;
  /** Null for a text message. */
  readonly html: string | null;
  readonly text: string;
  /** Null for a mail. */
  readonly length: SmsSegments | null;
}

interface Head {
  chapter_id: string;
  channel: TemplateChannel;
  name: string;
  purpose: string | null;
  chapter: string;
  subject: string | null;
  body: string | null;
}

interface Gathering {
  title: string;
  starts_at: Date;
  time_zone: string;
  place: string | null;
}

const HEAD = `
  SELECT t.chapter_id, t.channel, t.name, t.purpose, c.name AS chapter, x.subject, x.body
    FROM template t JOIN chapter c ON c.id = t.chapter_id
    LEFT JOIN LATERAL (SELECT subject, body FROM template_text WHERE template_id = t.id AND language = $2 ORDER BY revision DESC LIMIT 1) x ON true
   WHERE t.id = $1`;

/** The name of one member, and in the same statement the entry that says who looked: no entry, no name. */
const READER = `
  WITH found AS MATERIALIZED (
    SELECT id, given_name, family_name FROM member
     WHERE id = $1 AND erased_at IS NULL AND ($2::boolean OR chapter_id = ANY($3::uuid[]))),
  subjects AS (SELECT array_agg(id) FILTER (WHERE id IS DISTINCT FROM app.member_id()) AS ids FROM found),
  seen AS (${accessLedger.insert({
    operation: `'previewTemplate'`,
    fields: `ARRAY['Member.givenName', 'Member.familyName']`,
    subjects: 'subjects',
  })})
  SELECT given_name, family_name FROM found`;

/** The next one of the chapter, so that its words are those of a real one. */
const GATHERING = `
  SELECT title, starts_at, time_zone, coalesce(nullif(place, ''), nullif(online_url, '')) AS place FROM gathering
   WHERE chapter_id = $1 AND state = 'scheduled' AND starts_at > app.now() ORDER BY starts_at, id LIMIT 1`;

/** What a campaign is called where none is known yet. */
const CAMPAIGN = { en: 'Log off together', es: 'Desconectémonos' };

/** RFC 2606: no name below it is ever anybody's. */
const NOWHERE = 'https://example.invalid';

/** Shows an organizer what one member would get. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly db: Database,
    private readonly wording: Wording,
  ) {}

  /**
   * @throws AppError TEMPLATE.NOT_FOUND, TEMPLATE.TEXT_MISSING, TEMPLATE.TEXT_INVALID, TEMPLATE.LANGUAGE_UNKNOWN,
   *   TEMPLATE.READER_NOT_FOUND for who is out of reach as for who is not there, AUTHZ.*.
   */
  async preview(actor: Actor, request: PreviewRequest): Promise<Preview> {
    const { templateId, language, memberId, unsaved } = request;
    return this.db.tx(actor, async (em) => {
      const [head] = (await em.query(HEAD, [templateId, language])) as Head[];
      if (head === undefined) throw templateNotFound();
      actor.require('outreach.run', head.chapter_id);
      if (unsaved === undefined && head.body === null) throw templateTextMissing(language);
      const written = unsaved ?? { subject: head.subject!, body: head.body! };
      const { subject, body } = checkedText(head.channel, { language, ...written });
      const values = await this.values(em, actor, head, memberId, language);
      if (head.channel === 'sms') return this.brief(language, body, values);
      const why = pick(whyOf({ purpose: head.purpose ?? undefined, aboutGathering: false }), language);
      const { html, ...letter } = this.wording.compose(language, { subject, body, why })(values);
      return { ...letter, html: withoutLinks(html.join('\r\n')), length: null };
    });
  }

  private brief(language: string, body: string, values: Values): Preview {
    const stop = HOW_TO_STOP[languageOf(language) ?? 'en'];
    const text = `${this.wording.fillBrief(body)(values)}\n${stop}`;
    return { subject: '', html: null, text, length: smsSegments(text) };
  }

  private async values(
    em: EntityManager,
    actor: Actor,
    head: Head,
    memberId: string,
    language: string,
  ): Promise<Values> {
    const reach = actor.can('members.read');
    const [reader] = (await em.query(READER, [
      memberId,
      reach === 'all',
      reach === 'all' || reach === false ? [] : reach,
    ])) as { given_name: string; family_name: string }[];
    if (reader === undefined) throw readerNotFound();
    const [next] = (await em.query(GATHERING, [head.chapter_id])) as Gathering[];
    const gathering = next ?? examplesIn(language);
    const { given_name: given, family_name: family } = reader;
    return {
      name: given === '' ? family : given,
      givenName: given === '' ? null : given,
      familyName: family === '' ? null : family,
      chapter: head.chapter,
      union: head.chapter,
      sequence: head.name,
      unsubscribeUrl: `${NOWHERE}/unsubscribe`,
      title: gathering.title,
      when: spokenTime(gathering.starts_at, gathering.time_zone, language),
      place: gathering.place,
      rsvpUrl: `${NOWHERE}/rsvp`,
      campaign: pick(CAMPAIGN, language),
      pledgeUrl: `${NOWHERE}/pledge`,
    };
  }
}

/** The same words to look at, without anything to follow. */
const withoutLinks = (html: string): string =>
  html.replaceAll(/(<a\b[^>]*?) href="[^"]*"/g, '$1 role="link" aria-disabled="true"');
