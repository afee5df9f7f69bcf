import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '@unionhall/platform';
import { testimonyUnreadable } from './listening.errors';
import { TestimonyCipher, type Place } from './testimony-cipher';

export interface PersonKey {
  readonly id: string;
  readonly key: Buffer;
}

/** A key as it stands in the vault. */
interface Wrapped {
  readonly id: string;
  readonly wrapped: Buffer;
}

/** A text as a statement gives it inside JSON: its bytes in base64. */
export interface SealedText {
  readonly kind: string;
  readonly language: string;
  readonly sealed: string;
}

/** Keys of persons, kept in a schema of their own (docs/decisions/0018-testimony-keys.md). */
@Injectable()
export class TestimonyKeys {
  private readonly cipher: TestimonyCipher;

  constructor(config: Config) {
    this.cipher = new TestimonyCipher(config);
  }

  /** The key that new testimony of a member is sealed with; one of its own for somebody unknown. */
  async forSpeaker(em: EntityManager, memberId: string | null): Promise<PersonKey> {
    if (memberId !== null) {
      const [known] = (await em.query(
        `SELECT k.id, k.wrapped FROM testimony t JOIN vault.testimony_key k ON k.id = t.key_id
         WHERE t.member_id = $1 ORDER BY t.id DESC LIMIT 1`,
        [memberId],
      )) as Wrapped[];
      const key = known === undefined ? null : this.cipher.unwrap(known.id, known.wrapped);
      if (key !== null) return { id: known!.id, key };
    }
    const id = randomUUID();
    const { key, wrapped } = this.cipher.newKey(id);
    await em.query(`INSERT INTO vault.testimony_key (id, wrapped) VALUES ($1, $2)`, [id, wrapped]);
    return { id, key };
  }

  /** The key of a testimony. @throws AppError TESTIMONY.UNREADABLE. */
  async ofTestimony(em: EntityManager, keyId: string): Promise<PersonKey> {
    const [row] = (await em.query(`SELECT id, wrapped FROM vault.testimony_key WHERE id = $1`, [
      keyId,
    ])) as Wrapped[];
    const key = row === undefined ? null : this.cipher.unwrap(row.id, row.wrapped);
    if (key === null) throw testimonyUnreadable();
    return { id: keyId, key };
  }

  seal({ key }: PersonKey, place: Place, text: string): Buffer {
    return this.cipher.seal(key, place, text);
  }

  /** Opens texts of a page, each key unwrapped once; gives null for what cannot be opened. */
  reader(): (keyId: string, wrapped: Buffer | null, testimonyId: string, text: SealedText) => string | null {
    const keys = new Map<string, Buffer | null>();
    return (keyId, wrapped, testimonyId, { kind, language, sealed }) => {
      if (wrapped === null) return null;
      let key = keys.get(keyId);
      if (key === undefined) {
        key = this.cipher.unwrap(keyId, wrapped);
        keys.set(keyId, key);
      }
      if (key === null) return null;
      return this.cipher.open(key, { testimonyId, kind, language }, Buffer.from(sealed, 'base64'));
    };
  }
}
