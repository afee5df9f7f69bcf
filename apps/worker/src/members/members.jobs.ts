import { Injectable, type Type } from '@nestjs/common';
import { systemActor } from '@unionhall/identity';
import {
  EXPIRE_IMPORTS,
  EXPIRE_TAG_RUNS,
  ImportWorkService,
  SWEEP_IMPORTS,
  TaggingService,
  WORK_IMPORT,
} from '@unionhall/members';
import { Handles } from '@unionhall/platform';

@Injectable()
export class MembersJobs {
  constructor(
    private readonly imports: ImportWorkService,
    private readonly tagging: TaggingService,
  ) {}

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

  @Handles(EXPIRE_TAG_RUNS)
  async expireTagRuns(): Promise<void> {
    await this.tagging.expire(systemActor('retention'));
  }
}

export const membersHandlers: Type[] = [MembersJobs];
