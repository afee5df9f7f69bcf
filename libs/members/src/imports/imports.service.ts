import { Injectable } from '@nestjs/common';
import { isSupportedCountry } from 'libphonenumber-js';
import { Addresses, CHANNELS, CONSENT_PURPOSES } from '@unionhall/consent';
import { systemActor, type Actor } from '@unionhall/identity';
import { Database, Queues } from '@unionhall/platform';
import { beginning, encodingOf, type Encoding } from './encoding';
import { loadFile } from './import-load';
import { consentIncomplete, countryUnknown, importNotFound, importState } from './import.errors';
import { WORK_IMPORT } from './imports.jobs';
import { PREVIEW } from './preview-statement';

export interface Upload {
  /** Where new people get their home. */
  readonly chapterId: string;
  /** What the organizer says the encoding is; needed for anything but UTF-8. */
  readonly encoding?: Encoding;
  /** ISO 3166; whose national telephone numbers are understood. The default is US. */
  readonly country?: string;
  readonly bytes: AsyncIterable<Buffer>;
}

/** Where consent was given that the people of a file bring along. */
export interface StatedConsent {
  readonly purposes: readonly string[];
  readonly channels: readonly string[];
  /** Where and in which words it was given. */
  readonly wording: string;
}

/**
 * Imports of people from Action Network reports: a preview that changes nobody, then a commit or an
 * undo that a worker carries out in one transaction. Opt-outs in a file always count.
 */
@Injectable()
export class ImportsService {
  constructor(
    private readonly db: Database,
    private readonly addresses: Addresses,
    private readonly queues: Queues,
  ) {}

  /**
   * Reads a file as it arrives and decides what each row would do. Nothing is kept of a refused file.
   * @throws AppError IMPORT.* naming the line or column, AUTHZ.*.
   */
  async preview(
    actor: Actor,
    { chapterId, encoding, country = 'US', bytes }: Upload,
  ): Promise<{ id: string }> {
    actor.require('members.import', chapterId);
    if (!isSupportedCountry(country)) throw countryUnknown(country);
    const reach = actor.can('members.import');
    const [sample, all] = await beginning(bytes);
    const found = encodingOf(sample, encoding);
    return this.db.client(systemActor('import'), async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `INSERT INTO import_run (chapter_id, user_id, encoding) VALUES ($1, $2, $3) RETURNING id`,
        [chapterId, actor.userId ?? null, found],
      );
      const { id } = rows[0]!;
      const header = await loadFile(client, this.addresses, { bytes: all, encoding: found, country });
      await client.query(PREVIEW, [id, chapterId, reach === 'all' ? null : reach, header.custom]);
      return { id };
    });
  }

  /**
   * Asks for a preview to be written, whole or not at all; asking again changes nothing.
   * @throws AppError IMPORT.NOT_FOUND, IMPORT.STATE, IMPORT.CONSENT, AUTHZ.*.
   */
  async commit(actor: Actor, importId: string, consent?: StatedConsent): Promise<{ id: string }> {
    if (consent !== undefined && !isComplete(consent)) throw consentIncomplete();
    const stated = consent === undefined ? null : JSON.stringify(consent);
    await this.ask(actor, importId, {
      from: 'previewed',
      to: 'committing',
      reached: 'committed',
      consent: stated,
    });
    return { id: importId };
  }

  /**
   * Asks for a commit to be taken back: values as they were, tags off again, new records gone. Records
   * that changed since, or that something hangs on, stay and are counted. Asking again changes nothing.
   * @throws AppError IMPORT.NOT_FOUND, IMPORT.STATE, AUTHZ.*.
   */
  async undo(actor: Actor, importId: string): Promise<{ id: string }> {
    await this.ask(actor, importId, { from: 'committed', to: 'undoing', reached: 'undone', consent: null });
    return { id: importId };
  }

  private async ask(
    actor: Actor,
    importId: string,
    step: { from: string; to: string; reached: string; consent: string | null },
  ): Promise<void> {
    await this.db.tx(actor, async (em) => {
      const [run] = (await em.query(`SELECT chapter_id, state FROM import_run WHERE id = $1 FOR UPDATE`, [
        importId,
      ])) as { chapter_id: string; state: string }[];
      if (run === undefined) throw importNotFound();
      actor.require('members.import', run.chapter_id);
      if (run.state === step.to || run.state === step.reached) return;
      if (run.state !== step.from) throw importState(run.state);
      await em.query(
        `UPDATE import_run SET state = $2, done_count = 0, attempts = 0, consent = coalesce($3::jsonb, consent) WHERE id = $1`,
        [importId, step.to, step.consent],
      );
    });
    await this.queues.wake(WORK_IMPORT, { importId }, { dedupe: importId });
  }
}

const isComplete = ({ purposes, channels, wording }: StatedConsent): boolean =>
  wording.trim() !== '' &&
  purposes.length > 0 &&
  channels.length > 0 &&
  purposes.every((purpose) => (CONSENT_PURPOSES as readonly string[]).includes(purpose)) &&
  channels.every((channel) => (CHANNELS as readonly string[]).includes(channel));
