import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import {
  ownTranslation,
  testimonyInvalid,
  testimonyNotFound,
  testimonyWithdrawn,
  textNotFound,
} from './listening.errors';
import { reaches } from './reach';
import { checkedLanguage, checkedText } from './testimony-input';
import { TestimonyKeys } from './testimony-keys';

export interface WriteText {
  readonly testimonyId: string;
  /** BCP 47. */
  readonly language: string;
  readonly text: string;
  /** What translated it, when that was a machine. */
  readonly machine?: string | null;
}

interface Spoken {
  readonly id: string;
  readonly chapter_id: string;
  readonly key_id: string;
  readonly language: string;
  readonly state: string;
}

/** What others write beside a testimony: translations and a paraphrase, each under the speaker's key. */
@Injectable()
export class TranslationsService {
  constructor(
    private readonly db: Database,
    private readonly keys: TestimonyKeys,
  ) {}

  /**
   * Writes the translation of a testimony into a language, in place of one that was there; nobody has
   * reviewed it yet.
   * @throws AppError AUTHZ.* (listening.code), TESTIMONY.NOT_FOUND, WITHDRAWN, UNREADABLE, INVALID, LANGUAGE_UNKNOWN.
   */
  async translate(actor: Actor, input: WriteText): Promise<{ id: string }> {
    const machine = input.machine?.trim() || null;
    if (machine !== null && (machine.length > 80 || machine.includes('\0')))
      throw testimonyInvalid('input.machine', 'The name of a machine has at most 80 characters.');
    return this.write(actor, input, 'translation', machine);
  }

  /** Says in other words what the speaker does not want quoted word for word. @throws as `translate`. */
  async paraphrase(actor: Actor, input: Omit<WriteText, 'machine'>): Promise<{ id: string }> {
    return this.write(actor, input, 'paraphrase', null);
  }

  /**
   * A second person says that a translation is right; what a machine wrote, anybody may review.
   * @param input `textId` names exactly the words that were read.
   * @throws AppError TESTIMONY.NOT_FOUND, TEXT_NOT_FOUND, OWN_TRANSLATION, AUTHZ.*.
   */
  async review(actor: Actor, input: { testimonyId: string; textId: string }): Promise<{ id: string }> {
    actor.require('listening.code');
    return this.db.tx(actor, async (em) => {
      const spoken = await this.spoken(em, actor, input.testimonyId);
      const [text] = (await em.query(
        `SELECT made_by, machine FROM testimony_text WHERE id = $1 AND testimony_id = $2 AND kind = 'translation' FOR UPDATE`,
        [input.textId, spoken.id],
      )) as { made_by: string | null; machine: string | null }[];
      if (text === undefined) throw textNotFound();
      if (text.machine === null && text.made_by === actor.userId) throw ownTranslation();
      await em.query(
        `UPDATE testimony_text SET reviewed_by = $2, reviewed_at = app.now() WHERE id = $1 AND reviewed_at IS NULL`,
        [input.textId, actor.userId ?? null],
      );
      return { id: spoken.id };
    });
  }

  private async write(
    actor: Actor,
    input: WriteText,
    kind: 'translation' | 'paraphrase',
    machine: string | null,
  ): Promise<{ id: string }> {
    actor.require('listening.code');
    const text = checkedText(input.text, 'input.text');
    const language = checkedLanguage(input.language, 'input.language');
    return this.db.tx(actor, async (em) => {
      const spoken = await this.spoken(em, actor, input.testimonyId);
      if (kind === 'translation' && spoken.language === language)
        throw testimonyInvalid('input.language', 'It was said in this language.');
      const key = await this.keys.ofTestimony(em, spoken.key_id);
      const sealed = this.keys.seal(key, { testimonyId: spoken.id, kind, language }, text);
      await em.query(
        `DELETE FROM testimony_text WHERE testimony_id = $1 AND kind = $2 AND (kind = 'paraphrase' OR language = $3)`,
        [spoken.id, kind, language],
      );
      await em.query(
        `INSERT INTO testimony_text (testimony_id, kind, language, sealed, made_by, machine) VALUES ($1, $2, $3, $4, $5, $6)`,
        [spoken.id, kind, language, sealed, actor.userId ?? null, machine],
      );
      return { id: spoken.id };
    });
  }

  private async spoken(em: EntityManager, actor: Actor, id: string): Promise<Spoken> {
    const [row] = (await em.query(
      `SELECT id, chapter_id, key_id, language, state FROM testimony WHERE id = $1 FOR UPDATE`,
      [id],
    )) as Spoken[];
    if (row === undefined || !reaches(actor, 'listening.code', row.chapter_id)) throw testimonyNotFound();
    if (row.state === 'withdrawn') throw testimonyWithdrawn();
    return row;
  }
}
