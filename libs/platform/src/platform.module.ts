import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from './clock/clock';
import { Config } from './config/config';
import { dataSourceOptions } from './db/data-source';
import { Database } from './db/database';
import { Signer } from './ids/signer';
import { createLogger } from './logging/logger';
import { LOGGER } from './logging/token';
import { Mailer } from './mail/mailer';
import { Outbox } from './outbox/outbox';
import { armFailpoint } from './process/failpoint';
import { Queues } from './queue/queues';
import { SmsGateway } from './sms/sms-gateway';

/** Configuration, database, queues, outbox, mail, clock and log of one process. */
@Module({})
export class PlatformModule {
  static forRoot(config: Config, name: 'api' | 'worker', clock: Clock = new Clock()): DynamicModule {
    armFailpoint(config);
    if (config.clockOffsetMs !== 0) clock.offsetMs = config.clockOffsetMs;
    return {
      module: PlatformModule,
      global: true,
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions(config, `unionhall ${name}`),
          autoLoadEntities: true,
          retryAttempts: 0,
        }),
      ],
      providers: [
        { provide: Config, useValue: config },
        { provide: Clock, useValue: clock },
        { provide: LOGGER, useFactory: () => createLogger(config.logLevel, name) },
        Database,
        Queues,
        Outbox,
        Mailer,
        Signer,
        SmsGateway,
      ],
      exports: [Config, Clock, LOGGER, Database, Queues, Outbox, Mailer, Signer, SmsGateway],
    };
  }
}
