import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONSENT_PURPOSES, type ConsentPurpose } from '@unionhall/consent';
import type { Actor } from '@unionhall/identity';
import { Database, idempotent } from '@unionhall/platform';
import {
  nothingToReview,
  ownReview,
  purposeUnknown,
  reviewNoteMissing,
  templateArchived,
  templateChangedMeanwhile,
  templateNameMissing,
  templateNotFound,
  templateTextMissing,
} from '../outreach.errors';
import { checkedText, type TemplateChannel, type WrittenText } from './saved-text';

export interface NewTemplate {
  readonly chapterId: string;
  readonly name: string;
  readonly channel: TemplateChannel;
  /** What a preview says it is for; a sequence has its own. */
  readonly purpose: ConsentPurpose | null;
}

export interface SaveText extends WrittenText {
  readonly templateId: string;
  /** The revision that was changed; null when there was none in this language. */
  readonly revision: number | null;
}

/** One revision of one language. */
export interface TextAt {
  readonly templateId: string;
  readonly language: string;
  readonly revision: number;
}

export interface Review extends TextAt {
  readonly approve: boolean;
  /** What should be different; a text is not rejected without it. */
  readonly note: string;
}

export const TEXT_STATES = ['draft', 'waiting', 'approved', 'rejected'] as const;

interface Standing {
  revision: number;
  subject: string;
  body: string;
  state: (typeof TEXT_STATES)[number];
  saved_by: string | null;
}

/**
 * Templates of messages: a text for each language, in revisions. What somebody saved, somebody else reviews;
 * a text that is changed is reviewed again.
 */
@Injectable()
export class TemplatesService {
  constructor(private readonly db: Database) {}

  /**
   * A template without texts. The same key and request give the same template.
   * @throws AppError TEMPLATE.NAME_MISSING, SEQUENCE.PURPOSE_UNKNOWN, IDEMPOTENCY.*, AUTHZ.*.
   */
  async create(actor: Actor, input: NewTemplate, idempotencyKey: string): Promise<{ id: string }> {
    const { chapterId, channel, purpose } = input;
    actor.require('outreach.run', chapterId);
    const name = input.name.trim();
    if (name === '' || name.length > 80) throw templateNameMissing();
    if (purpose !== null && !CONSENT_PURPOSES.includes(purpose)) throw purposeUnknown(purpose);
    const request = {
      actorKey: actor.userId ?? actor.kind,
      operation: 'outreach.create-template',
      key: idempotencyKey,
      request: input,
    };
    return this.db.tx(actor, (em) =>
      idempotent(em, request, async () => {
        const [made] = (await em.query(
          `INSERT INTO template (chapter_id, name, channel, purpose, created_by) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
          [chapterId, name, channel, purpose, actor.userId ?? null],
        )) as [{ id: string }];
        return { id: made.id };
      }),
    );
  }

  /**
   * Saves a text as its next revision, a draft. A text that is as it was makes no revision.
   * @throws AppError TEMPLATE.NOT_FOUND, TEMPLATE.ARCHIVED, TEMPLATE.CHANGED_MEANWHILE, TEMPLATE.LANGUAGE_UNKNOWN,
   *   TEMPLATE.TEXT_INVALID, AUTHZ.*.
   */
  async saveText(actor: Actor, { templateId, revision, ...written }: SaveText): Promise<{ id: string }> {
    await this.db.tx(actor, async (em) => {
      const { channel, chapter_id: chapterId } = await openTemplate(em, actor, templateId);
      const { language, subject, body } = checkedText(channel, written);
      const text = await newest(em, templateId, language);
      if (text?.subject === subject && text.body === body) return;
      if ((text?.revision ?? null) !== revision) throw templateChangedMeanwhile();
      await em.query(
        `INSERT INTO template_text (template_id, chapter_id, language, revision, subject, body, saved_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [templateId, chapterId, language, (revision ?? 0) + 1, subject, body, actor.userId ?? null],
      );
    });
    return { id: templateId };
  }

  /** Puts a saved text before a second person. @throws AppError TEMPLATE.NOT_FOUND, TEMPLATE.TEXT_MISSING, TEMPLATE.CHANGED_MEANWHILE, AUTHZ.*. */
  async askReview(actor: Actor, at: TextAt): Promise<{ id: string }> {
    await this.db.tx(actor, async (em) => {
      await openTemplate(em, actor, at.templateId);
      const text = await textAt(em, at);
      if (text.state !== 'draft') return;
      await em.query(
        `UPDATE template_text SET state = 'waiting' WHERE template_id = $1 AND language = $2 AND revision = $3`,
        [at.templateId, at.language, at.revision],
      );
    });
    return { id: at.templateId };
  }

  /**
   * A second person's word on a text: whoever saved it last cannot say it.
   * @throws AppError TEMPLATE.OWN_REVIEW, TEMPLATE.NOTHING_TO_REVIEW, TEMPLATE.NOTE_MISSING, TEMPLATE.CHANGED_MEANWHILE,
   *   TEMPLATE.TEXT_MISSING, TEMPLATE.NOT_FOUND, AUTHZ.*.
   */
  async review(actor: Actor, { approve, note, ...at }: Review): Promise<{ id: string }> {
    const said = note.trim();
    if ((!approve && said === '') || said.length > 1_000) throw reviewNoteMissing();
    await this.db.tx(actor, async (em) => {
      await openTemplate(em, actor, at.templateId);
      const text = await textAt(em, at);
      if (text.state !== 'waiting') throw nothingToReview();
      if (actor.userId === undefined || text.saved_by === actor.userId) throw ownReview();
      await em.query(
        `UPDATE template_text SET state = $4, reviewed_by = $5, reviewed_at = app.now(), note = nullif($6, '')
          WHERE template_id = $1 AND language = $2 AND revision = $3`,
        [at.templateId, at.language, at.revision, approve ? 'approved' : 'rejected', actor.userId, said],
      );
    });
    return { id: at.templateId };
  }

  /** @param archived false to take it back. Published sequences keep what they copied. @throws AppError TEMPLATE.NOT_FOUND, AUTHZ.*. */
  async archive(actor: Actor, id: string, archived: boolean): Promise<{ id: string }> {
    await this.db.tx(actor, async (em) => {
      await templateOf(em, actor, id);
      await em.query(
        `UPDATE template SET archived_at = CASE WHEN $2 THEN coalesce(archived_at, app.now()) END WHERE id = $1`,
        [id, archived],
      );
    });
    return { id };
  }
}

interface Head {
  chapter_id: string;
  channel: TemplateChannel;
  archived_at: Date | null;
}

/** Locked, so that two people do not save the same revision. */
async function templateOf(em: EntityManager, actor: Actor, id: string): Promise<Head> {
  const [head] = (await em.query(
    `SELECT chapter_id, channel, archived_at FROM template WHERE id = $1 FOR UPDATE`,
    [id],
  )) as Head[];
  if (head === undefined) throw templateNotFound();
  actor.require('outreach.run', head.chapter_id);
  return head;
}

async function openTemplate(em: EntityManager, actor: Actor, id: string): Promise<Head> {
  const head = await templateOf(em, actor, id);
  if (head.archived_at !== null) throw templateArchived();
  return head;
}

async function newest(
  em: EntityManager,
  templateId: string,
  language: string,
): Promise<Standing | undefined> {
  const [text] = (await em.query(
    `SELECT revision, subject, body, state, saved_by FROM template_text WHERE template_id = $1 AND language = $2 ORDER BY revision DESC LIMIT 1`,
    [templateId, language],
  )) as Standing[];
  return text;
}

async function textAt(em: EntityManager, { templateId, language, revision }: TextAt): Promise<Standing> {
  const text = await newest(em, templateId, language);
  if (text === undefined) throw templateTextMissing(language);
  if (text.revision !== revision) throw templateChangedMeanwhile();
  return text;
}
