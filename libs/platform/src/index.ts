export { Clock } from './clock/clock';
export { Config, configPage, readConfig } from './config/config';
export { BACKGROUND } from './db/background';
export { APP_ROLE, dataSourceOptions } from './db/data-source';
export { Database } from './db/database';
export type { DbActor } from './db/db-actor';
export { applyMigrations } from './db/migrate';
export { NamedClient, statementName } from './db/named-client';
export type { Rows, Statement } from './db/one-write';
export { AppError, HTTP_STATUS, type ErrorKind, type ErrorPlace } from './errors/app-error';
export { Signer } from './ids/signer';
export { languageAsked, languageOf, LANGUAGES, type Language, type Spoken } from './language/language';
export { createLogger, NestLog, type Logger } from './logging/logger';
export { LOGGER } from './logging/token';
export { Mailer, type MailMessage, type MailOutcome } from './mail/mailer';
export { readyMail, type Letter, type ReadyMail } from './mail/ready-mail';
export { idempotent, type IdempotentRequest } from './outbox/idempotency';
export { Outbox, RELAY_OUTBOX, type DomainEvent, type Subscriber } from './outbox/outbox';
export { PlatformModule } from './platform.module';
export {
  collectHandlers,
  defineJob,
  definedJobs,
  definedSchedules,
  defineSchedule,
  Handles,
  type JobDefinition,
  type JobHandler,
} from './queue/jobs';
export { Queues, type WakeOptions } from './queue/queues';
export { failpoint } from './process/failpoint';
export { runProcess, type Running } from './process/run-process';
export * from './reads';
export { SmsGateway, type SmsMessage, type SmsOutcome } from './sms/sms-gateway';
export { smsSegments, type SmsSegments } from './sms/segments';
