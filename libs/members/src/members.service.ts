import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PersonalDataService } from '@unionhall/consent';
import { systemActor, type AccountDirectory, type Actor } from '@unionhall/identity';
import { Database, Outbox } from '@unionhall/platform';
import { columnsOf, emailKeyOf, MemberChange, ProfileChange, type MemberColumns } from './member-input';
import { emailTaken, memberNotFound, nameMissing, nameTooLong } from './members.errors';
import { checkedTags, taggedNews } from './tagging.service';
import { MEMBER_ERASED, MEMBER_JOINED, MEMBER_MOVED, MEMBER_UPDATED } from './members.events';

export interface NewMember extends MemberChange {
  readonly chapterId: string;
}

/** What is done with members' records. */
@Injectable()
export class MembersService implements AccountDirectory {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly personalData: PersonalDataService,
  ) {}

  /** @throws AppError MEMBER.INVALID, MEMBER.EMAIL_TAKEN, AUTHZ.*. */
  async create(actor: Actor, { chapterId, ...input }: NewMember): Promise<{ id: string }> {
    actor.require('members.edit', chapterId);
    const columns = { ...columnsOf(MemberChange, input), chapter_id: chapterId };
    const names = Object.keys(columns);
    return this.db.tx(actor, async (em) => {
      const [row] = (await unlessTaken(
        em.query(
          `INSERT INTO member (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')}) RETURNING id`,
          Object.values(columns),
        ),
      )) as { id: string }[];
      await this.outbox.emit(em, { type: MEMBER_JOINED, payload: { memberId: row!.id, chapterId } });
      return row!;
    });
  }

  /**
   * Writes down people met for the first time, as prospects without consent, under ids made where they were
   * met: the same id again changes nothing. Part of the caller's transaction, which answers for the permission.
   * @throws AppError MEMBER.INVALID naming `field(index)`.
   */
  async meet(
    em: EntityManager,
    chapterId: string,
    people: readonly { id: string; givenName: string; familyName: string }[],
    field: (index: number) => string,
  ): Promise<void> {
    people.forEach(({ givenName, familyName }, index) => {
      if (`${givenName}${familyName}`.trim() === '') throw nameMissing(field(index));
      if (givenName.length > 200 || familyName.length > 200) throw nameTooLong(field(index));
    });
    const met = (await em.query(
      `INSERT INTO member (id, chapter_id, given_name, family_name, provenance)
       SELECT p.id, $1, p.given, p.family, '{"name": "door"}'
       FROM unnest($2::uuid[], $3::text[], $4::text[]) AS p (id, given, family)
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [
        chapterId,
        people.map(({ id }) => id),
        people.map(({ givenName }) => givenName.normalize('NFC').trim()),
        people.map(({ familyName }) => familyName.normalize('NFC').trim()),
      ],
    )) as { id: string }[];
    for (const { id } of met)
      await this.outbox.emit(em, { type: MEMBER_JOINED, payload: { memberId: id, chapterId } });
  }

  /**
   * The member whose address this is; whoever is not known yet becomes a prospect of the chapter. Their name
   * is kept whole, as the given name. Part of the caller's transaction, which has proved the address.
   * @returns the member's id.
   */
  async welcome(
    em: EntityManager,
    {
      chapterId,
      name,
      email,
      language,
    }: { chapterId: string; name: string; email: string; language: string },
  ): Promise<string> {
    const key = emailKeyOf(email);
    const [made] = (await em.query(
      `INSERT INTO member (chapter_id, given_name, email, email_key, language, provenance)
       VALUES ($1, $2, $3, $4, $5, '{"name": "public page", "email": "public page"}')
       ON CONFLICT (email_key) WHERE email_key IS NOT NULL AND erased_at IS NULL DO NOTHING RETURNING id`,
      [chapterId, name.normalize('NFC').trim(), email.normalize('NFC').trim(), key, language],
    )) as { id: string }[];
    if (made !== undefined) {
      await this.outbox.emit(em, { type: MEMBER_JOINED, payload: { memberId: made.id, chapterId } });
      return made.id;
    }
    const known = await this.findMemberByEmail(em, key);
    if (known === undefined) throw memberNotFound();
    return known.memberId;
  }

  /** A member changes their own profile. @throws AppError MEMBER.INVALID, MEMBER.EMAIL_TAKEN, AUTHZ.*. */
  async updateProfile(actor: Actor, memberId: string, input: ProfileChange): Promise<{ id: string }> {
    actor.requireSelf(memberId);
    return this.write(actor, memberId, columnsOf(ProfileChange, input));
  }

  /** @throws AppError MEMBER.NOT_FOUND, MEMBER.INVALID, MEMBER.EMAIL_TAKEN, AUTHZ.*. */
  async update(actor: Actor, memberId: string, input: MemberChange): Promise<{ id: string }> {
    await this.requireEdit(actor, memberId);
    return this.write(actor, memberId, columnsOf(MemberChange, input));
  }

  /** Moves a member's home; what hangs on the member follows by its foreign key. */
  async move(actor: Actor, memberId: string, chapterId: string): Promise<{ id: string }> {
    actor.require('members.edit', chapterId);
    const from = await this.requireEdit(actor, memberId);
    await this.db.tx(actor, async (em) => {
      await em.query(`UPDATE member SET chapter_id = $2, updated_at = app.now() WHERE id = $1`, [
        memberId,
        chapterId,
      ]);
      await this.outbox.emit(em, { type: MEMBER_MOVED, payload: { memberId, from, to: chapterId } });
    });
    return { id: memberId };
  }

  /** Puts tags on a member, making those that are new. @throws AppError MEMBER.TAG_INVALID, MEMBER.NOT_FOUND. */
  async tag(actor: Actor, memberId: string, tags: readonly string[]): Promise<{ id: string }> {
    await this.requireEdit(actor, memberId);
    const names = checkedTags(tags);
    await this.db.tx(actor, async (em) => {
      await em.query(`INSERT INTO tag (name) SELECT unnest($1::text[]) ON CONFLICT (name) DO NOTHING`, [
        names,
      ]);
      const put = (await em.query(
        `INSERT INTO member_tag (member_id, chapter_id, tag_id)
         SELECT m.id, m.chapter_id, t.id FROM member m, tag t WHERE m.id = $1 AND t.name = ANY($2::text[])
         ON CONFLICT DO NOTHING RETURNING member_id, tag_id`,
        [memberId, names],
      )) as { member_id: string; tag_id: string }[];
      await this.outbox.emit(em, ...taggedNews(put));
    });
    await this.outbox.nudge();
    return { id: memberId };
  }

  async untag(actor: Actor, memberId: string, tags: readonly string[]): Promise<{ id: string }> {
    await this.requireEdit(actor, memberId);
    await this.db.tx(actor, (em) =>
      em.query(
        `DELETE FROM member_tag mt USING tag t WHERE mt.tag_id = t.id AND mt.member_id = $1 AND t.name = ANY($2::text[])`,
        [memberId, tags],
      ),
    );
    return { id: memberId };
  }

  /** Everything the union keeps of the member who asks. */
  async exportOwn(actor: Actor, memberId: string): Promise<Record<string, unknown>> {
    actor.requireSelf(memberId);
    return this.db.tx(systemActor('portability'), (em) => this.personalData.exportFor(em, memberId));
  }

  /** The member leaves and is erased everywhere, in one transaction. */
  async leave(actor: Actor, memberId: string): Promise<void> {
    actor.requireSelf(memberId);
    await this.db.tx(systemActor('erasure'), async (em) => {
      await this.outbox.emit(em, { type: MEMBER_ERASED, payload: { memberId } });
      await this.personalData.erase(em, memberId);
    });
  }

  async findMemberByEmail(em: EntityManager, emailKey: string): Promise<{ memberId: string } | undefined> {
    const [row] = (await em.query(`SELECT id FROM member WHERE email_key = $1 AND erased_at IS NULL`, [
      emailKey,
    ])) as { id: string }[];
    return row === undefined ? undefined : { memberId: row.id };
  }

  /** What sign-in mails are written in: see AccountDirectory. */
  async languageOfMember(em: EntityManager, memberId: string): Promise<string | undefined> {
    const [row] = (await em.query(`SELECT language FROM member WHERE id = $1 AND erased_at IS NULL`, [
      memberId,
    ])) as { language: string }[];
    return row?.language;
  }

  private async write(actor: Actor, memberId: string, columns: MemberColumns): Promise<{ id: string }> {
    const names = Object.keys(columns);
    if (names.length === 0) return { id: memberId };
    await this.db.tx(actor, async (em) => {
      const [rows] = (await unlessTaken(
        em.query(
          `UPDATE member SET ${names.map((name, i) => `${name} = $${i + 2}`).join(', ')}, updated_at = app.now() WHERE id = $1 AND erased_at IS NULL RETURNING id`,
          [memberId, ...Object.values(columns)],
        ),
      )) as [unknown[], number];
      if (rows.length === 0) throw memberNotFound();
      await this.outbox.emit(em, { type: MEMBER_UPDATED, payload: { memberId, columns: names } });
    });
    return { id: memberId };
  }

  /** @returns the member's home chapter. */
  private async requireEdit(actor: Actor, memberId: string): Promise<string> {
    const { rows } = await this.db.read(actor, {
      text: `SELECT chapter_id FROM member WHERE id = $1 AND erased_at IS NULL`,
      values: [memberId],
    });
    const chapterId = (rows as { chapter_id: string }[])[0]?.chapter_id;
    if (chapterId === undefined) {
      actor.require('members.edit');
      throw memberNotFound();
    }
    actor.require('members.edit', chapterId);
    return chapterId;
  }
}

async function unlessTaken<T>(query: Promise<T>): Promise<T> {
  return query.catch((error: { code?: string; constraint?: string }) => {
    throw error.code === '23505' && error.constraint === 'member_email' ? emailTaken() : error;
  });
}
