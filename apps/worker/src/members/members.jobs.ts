import { Injectable, type Type } from '@nestjs/common';
import { EXPIRE_IMPORTS, ImportWorkService, SWEEP_IMPORTS, WORK_IMPORT } from '@unionhall/members';
import { Handles } from '@unionhall/platform';

@Injectable()
export class MembersJobs {
  constructor(private readonly imports: ImportWorkService) {}

  @Handles(WORK_IMPORT)
  async work({ importId }: { importId: string }): Promise<void> {
    await this.imports.work(importId);
  }

  @Handles(SWEEP_IMPORTS)
  async sweep(): Promise<void> {
    await this.imports.sweep();
  }

  @Handles(EXPIRE_IMPORTS)
  async expire(): Promise<void> {
    await this.imports.expire();
  }
}

export const membersHandlers: Type[] = [MembersJobs];
