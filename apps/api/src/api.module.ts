import { Module, type DynamicModule } from '@nestjs/common';
import { PlatformModule, type Clock, type Config } from '@unionhall/platform';
import { HealthController } from './health/health.controller';
import { HttpErrorsFilter } from './http-errors.filter';

@Module({})
export class ApiModule {
  static forRoot(config: Config, clock: Clock): DynamicModule {
    return {
      module: ApiModule,
      imports: [PlatformModule.forRoot(config, 'api', clock)],
      controllers: [HealthController],
      providers: [HttpErrorsFilter],
    };
  }
}
