import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { PlatformModule, type Clock, type Config } from '@unionhall/platform';
import { platformHandlers } from './platform/platform.jobs';

/** Every class that does jobs. */
export const HANDLERS: readonly Type[] = [...platformHandlers];

@Module({})
export class WorkerModule {
  static forRoot(config: Config, clock: Clock): DynamicModule {
    return {
      module: WorkerModule,
      imports: [PlatformModule.forRoot(config, 'worker', clock)],
      providers: [...HANDLERS],
    };
  }
}
