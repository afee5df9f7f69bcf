import { Injectable, type Type } from '@nestjs/common';
import { systemActor } from '@unionhall/identity';
import { PledgeTablesService, TAKE_PLEDGE_TABLES } from '@unionhall/partners';
import { Handles } from '@unionhall/platform';

@Injectable()
export class PartnersJobs {
  constructor(private readonly tables: PledgeTablesService) {}

  @Handles(TAKE_PLEDGE_TABLES)
  async takePledgeTables(): Promise<void> {
    await this.tables.takeDue(systemActor('partnership'));
  }
}

export const partnersHandlers: Type[] = [PartnersJobs];
