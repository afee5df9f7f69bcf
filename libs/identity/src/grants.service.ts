import { Injectable } from '@nestjs/common';
import { Database } from '@unionhall/platform';
import type { Actor, HeldGrant } from './actor';
import { grantExceeds, grantInvalid, grantNotFound, userNotFound } from './identity.errors';
import { isPurpose, ROLE_PERMISSIONS, type Role } from './permissions';
import { UsersService } from './users.service';

export interface NewGrant {
  readonly userId: string;
  readonly role: Role;
  /** The root of the subtree; without it, the whole union. */
  readonly chapterId?: string;
  /** Empty: every purpose. */
  readonly purposes: readonly string[];
  readonly expiresAt?: Date;
}

/** Grants: a role over a chapter subtree, for purposes, until a day. */
@Injectable()
export class GrantsService {
  constructor(
    private readonly db: Database,
    private readonly users: UsersService,
  ) {}

  /**
   * Gives a role. One grant of the grantor must cover all of it: role, subtree, purposes and expiry.
   * @returns the grant's id.
   * @throws AppError AUTHZ.*, GRANT.EXCEEDS, GRANT.INVALID, USER.NOT_FOUND.
   */
  async give(actor: Actor, grant: NewGrant): Promise<string> {
    check(actor, grant);
    return this.db.tx(actor, async (em) => {
      const [{ past }] = (await em.query(`SELECT $1::timestamptz <= app.now() AS past`, [
        grant.expiresAt ?? null,
      ])) as [{ past: boolean | null }];
      if (past === true) throw grantInvalid('expiresAt', 'A grant ends in the future.');
      try {
        const [row] = (await em.query(
          `INSERT INTO role_grant (user_id, role, chapter_id, purposes, granted_by, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
          [
            grant.userId,
            grant.role,
            grant.chapterId ?? null,
            grant.purposes,
            actor.userId ?? null,
            grant.expiresAt ?? null,
          ],
        )) as [{ id: string }];
        return row.id;
      } catch (error) {
        if ((error as { constraint?: string }).constraint === 'role_grant_user_id_fkey')
          throw userNotFound('userId');
        throw error;
      }
    });
  }

  /** As `give`, to the account of an address, which is made when there is none. @throws also SIGN_IN.EMAIL_INVALID. */
  async giveTo(actor: Actor, email: string, grant: Omit<NewGrant, 'userId'>): Promise<string> {
    check(actor, grant);
    return this.give(actor, { ...grant, userId: await this.users.ensure(actor, { email }) });
  }

  /**
   * Takes a grant back; it stops at the next read. Revoking twice changes nothing.
   * @throws AppError GRANT.NOT_FOUND, AUTHZ.*.
   */
  async revoke(actor: Actor, grantId: string): Promise<void> {
    await this.db.tx(actor, async (em) => {
      const [row] = (await em.query(`SELECT chapter_id FROM role_grant WHERE id = $1 FOR UPDATE`, [
        grantId,
      ])) as {
        chapter_id: string | null;
      }[];
      if (row === undefined) throw grantNotFound();
      if (row.chapter_id === null) actor.requireEverywhere('grants.manage');
      else actor.require('grants.manage', row.chapter_id);
      await em.query(
        `UPDATE role_grant SET revoked_at = app.now(), revoked_by = $2 WHERE id = $1 AND revoked_at IS NULL`,
        [grantId, actor.userId ?? null],
      );
    });
  }
}

function check(actor: Actor, grant: Omit<NewGrant, 'userId'>): void {
  if (grant.chapterId === undefined) actor.requireEverywhere('grants.manage');
  else actor.require('grants.manage', grant.chapterId);
  const strange = grant.purposes.find((purpose) => !isPurpose(purpose));
  if (strange !== undefined) throw grantInvalid('purposes', `There is no purpose ${strange}.`);
  if (actor.kind !== 'system' && !actor.grants.some((held) => covers(held, grant))) throw grantExceeds();
}

/** Whether one held grant covers all that a new one would give. */
export function covers(held: HeldGrant, wanted: Omit<NewGrant, 'userId'>): boolean {
  const allowed = ROLE_PERMISSIONS[held.role];
  const inRole =
    allowed.includes('grants.manage') && ROLE_PERMISSIONS[wanted.role].every((one) => allowed.includes(one));
  const inSubtree =
    held.chapters === 'all' || (wanted.chapterId !== undefined && held.chapters.includes(wanted.chapterId));
  const inPurposes =
    held.purposes.length === 0 ||
    (wanted.purposes.length > 0 && wanted.purposes.every((one) => held.purposes.includes(one)));
  const inTime =
    held.expiresAt === undefined || (wanted.expiresAt !== undefined && wanted.expiresAt <= held.expiresAt);
  return inRole && inSubtree && inPurposes && inTime;
}
