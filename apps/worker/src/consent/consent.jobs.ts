import { Injectable, type Type } from '@nestjs/common';
import { AccessLedgerService, INDEX_LEDGER } from '@unionhall/consent';
import { Handles } from '@unionhall/platform';

@Injectable()
export class ConsentJobs {
  constructor(private readonly ledger: AccessLedgerService) {}

  @Handles(INDEX_LEDGER)
  async index(): Promise<void> {
    await this.ledger.index();
  }
}

export const consentHandlers: Type[] = [ConsentJobs];
