import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '@unionhall/platform';
import { personalDataHandlers } from './personal-data';

/** Portability, erasure and merging, across every table that holds a person. */
@Injectable()
export class PersonalDataService {
  constructor(private readonly config: Config) {}

  /** Everything the union keeps of a member, by table group; call it in a system transaction. */
  async exportFor(em: EntityManager, memberId: string): Promise<Record<string, unknown>> {
    const all: Record<string, unknown> = {};
    for (const handler of personalDataHandlers())
      Object.assign(all, await handler.export(em, memberId, this.config));
    return all;
  }

  /** Erases a member everywhere: rightmost domain first and the record itself last, so that nothing points at what is gone. */
  async erase(em: EntityManager, memberId: string): Promise<void> {
    for (const handler of [...personalDataHandlers()].reverse()) await handler.erase(em, memberId);
    await this.remove(em, memberId);
  }

  /** Hands all that hangs on `dropId` to `keepId`. */
  async merge(em: EntityManager, keepId: string, dropId: string): Promise<void> {
    for (const handler of [...personalDataHandlers()].reverse()) await handler.merge(em, keepId, dropId);
    await this.remove(em, dropId);
  }

  private async remove(em: EntityManager, memberId: string): Promise<void> {
    for (const handler of personalDataHandlers()) await handler.remove?.(em, memberId);
  }
}
