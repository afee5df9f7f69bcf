import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from './actor';
import { newToken, partnerKey, tokenHash } from './tokens';

export interface NewCredential {
  readonly subjectKind: 'partner';
  readonly subjectId: string;
  readonly label: string;
  readonly days: number;
}

/** Keys of programs. They run inside the caller's system transaction: whose keys these are is decided to the right. */
@Injectable()
export class CredentialsService {
  /** @returns the credential's id and the whole key, which is shown here and never again. */
  async issue(
    em: EntityManager,
    actor: Actor,
    input: NewCredential,
  ): Promise<{ id: string; key: string; expiresAt: Date }> {
    const secret = newToken();
    const [row] = (await em.query(
      `INSERT INTO api_credential (subject_kind, subject_id, label, secret_hash, created_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, app.now() + make_interval(days => $6)) RETURNING id, expires_at`,
      [input.subjectKind, input.subjectId, input.label, tokenHash(secret), actor.userId ?? null, input.days],
    )) as [{ id: string; expires_at: Date }];
    return { id: row.id, key: partnerKey(row.id, secret), expiresAt: row.expires_at };
  }

  /** @returns whether there was such a key. Revoking twice changes nothing. */
  async revoke(em: EntityManager, subjectKind: 'partner', credentialId: string): Promise<boolean> {
    const rows = (await em.query(
      `WITH c AS (UPDATE api_credential SET revoked_at = coalesce(revoked_at, app.now())
         WHERE id = $1 AND subject_kind = $2 RETURNING id) SELECT id FROM c`,
      [credentialId, subjectKind],
    )) as unknown[];
    return rows.length > 0;
  }
}
