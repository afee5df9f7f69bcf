import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import { Database } from '@unionhall/platform';
import { webhookNameMissing, webhookNotFound } from '../outreach.errors';
import { WebhookClient } from './webhook-client';
import { WebhookSecrets } from './webhook-secrets';

export interface NewEndpoint {
  readonly chapterId: string;
  readonly name: string;
  readonly url: string;
}

/** An endpoint with its secret, which is shown here and not again. */
export interface ShownSecret {
  readonly id: string;
  readonly secret: string;
}

/** The addresses that the sequences of a chapter may call. */
@Injectable()
export class WebhookEndpointsService {
  constructor(
    private readonly db: Database,
    private readonly client: WebhookClient,
    private readonly secrets: WebhookSecrets,
  ) {}

  /** @throws AppError WEBHOOK.URL_INVALID, WEBHOOK.NAME_MISSING, AUTHZ.*. */
  async create(actor: Actor, input: NewEndpoint): Promise<ShownSecret> {
    actor.require('outreach.run', input.chapterId);
    const url = this.client.checked(input.url);
    const name = input.name.trim();
    if (name === '' || name.length > 100) throw webhookNameMissing();
    return this.db.tx(actor, async (em) => {
      const [row] = (await em.query(
        `INSERT INTO webhook_endpoint (chapter_id, name, url, created_by) VALUES ($1, $2, $3, $4) RETURNING id`,
        [input.chapterId, name, url, actor.userId ?? null],
      )) as { id: string }[];
      return { id: row!.id, secret: this.secrets.of(row!.id, 1) };
    });
  }

  /** A new secret; for a day calls are signed with the old one too. @throws AppError WEBHOOK.NOT_FOUND, AUTHZ.*. */
  rotate(actor: Actor, id: string): Promise<ShownSecret> {
    return this.change(actor, id, async (em) => {
      const [[row]] = (await em.query(
        `UPDATE webhook_endpoint SET secret_turn = secret_turn + 1, rotated_at = app.now() WHERE id = $1 RETURNING secret_turn`,
        [id],
      )) as [[{ secret_turn: number }], number];
      return { id, secret: this.secrets.of(id, row.secret_turn) };
    });
  }

  /** It is called no more; what was due fails. @throws AppError WEBHOOK.NOT_FOUND, AUTHZ.*. */
  disable(actor: Actor, id: string): Promise<{ id: string }> {
    return this.change(actor, id, async (em) => {
      await em.query(
        `UPDATE webhook_endpoint SET disabled_at = coalesce(disabled_at, app.now()) WHERE id = $1`,
        [id],
      );
      return { id };
    });
  }

  private change<T>(actor: Actor, id: string, work: (em: EntityManager) => Promise<T>): Promise<T> {
    return this.db.tx(actor, async (em) => {
      const [row] = (await em.query(`SELECT chapter_id FROM webhook_endpoint WHERE id = $1 FOR UPDATE`, [
        id,
      ])) as { chapter_id: string }[];
      if (row === undefined) throw webhookNotFound();
      actor.require('outreach.run', row.chapter_id);
      return work(em);
    });
  }
}
