import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AppError } from '../errors/app-error';

export interface IdempotentRequest {
  /** Who asks: keys of different actors never meet. */
  readonly actorKey: string;
  readonly operation: string;
  readonly key: string;
  readonly request: unknown;
}

/**
 * Does `work` once per key: the same key and request give the stored answer, the same key with
 * another request is refused. The answer is stored in the transaction of the effect.
 * @throws AppError IDEMPOTENCY.KEY_REUSED, IDEMPOTENCY.BAD_KEY.
 */
export async function idempotent<T>(
  em: EntityManager,
  request: IdempotentRequest,
  work: () => Promise<T>,
): Promise<T> {
  if (request.key.length < 8 || request.key.length > 200) {
    throw new AppError('invalid', 'IDEMPOTENCY.BAD_KEY', 'An idempotency key has 8 to 200 characters.', {
      field: 'idempotencyKey',
    });
  }
  const hash = createHash('sha256').update(JSON.stringify(request.request)).digest('hex');
  await em.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `${request.actorKey}|${request.operation}|${request.key}`,
  ]);
  const [stored] = (await em.query(
    `SELECT request_hash, answer FROM idempotency_key WHERE actor_key = $1 AND operation = $2 AND key = $3`,
    [request.actorKey, request.operation, request.key],
  )) as { request_hash: string; answer: T }[];
  if (stored !== undefined) {
    if (stored.request_hash !== hash) {
      throw new AppError(
        'conflict',
        'IDEMPOTENCY.KEY_REUSED',
        'This idempotency key was used for another request.',
        { field: 'idempotencyKey' },
      );
    }
    return stored.answer;
  }
  const answer = await work();
  await em.query(
    `INSERT INTO idempotency_key (actor_key, operation, key, request_hash, answer) VALUES ($1, $2, $3, $4, $5)`,
    [request.actorKey, request.operation, request.key, hash, JSON.stringify(answer)],
  );
  return answer;
}
