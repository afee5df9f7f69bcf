import 'reflect-metadata';
import { plainToInstance, Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUrl, Matches, Max, Min, MinLength, validateSync } from 'class-validator';
import { AppError } from '../errors/app-error';

interface VariableNote {
  readonly name: string;
  readonly note: string;
  readonly fallback: string;
  readonly secret?: boolean;
}

const notes = new Map<string, VariableNote>();

/** Names the environment variable behind a property and describes it for the operator's page. */
function Variable(note: VariableNote): PropertyDecorator {
  return (_target, property) => void notes.set(String(property), note);
}

const POSTGRES_URL = /^postgres(ql)?:\/\/\S+$/;
const REDIS_URL = /^rediss?:\/\/\S+$/;
const SMTP_URL = /^smtps?:\/\/\S+$/;
const toInt = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? Number(value) : value);

/** The whole environment of a process, validated once. Each variable is described here and nowhere else. */
export class Config {
  @Variable({ name: 'NODE_ENV', note: 'production, development or test.', fallback: 'production' })
  @IsIn(['production', 'development', 'test'])
  environment: 'production' | 'development' | 'test' = 'production';

  @Variable({
    name: 'DATABASE_URL',
    note: 'PostgreSQL 15 or newer. When it is not set, `npm start` runs a PostgreSQL of its own over DATA_DIR.',
    fallback: 'embedded',
    secret: true,
  })
  @Matches(POSTGRES_URL, {
    message: 'DATABASE_URL must look like postgres://user:password@host:5432/database',
  })
  databaseUrl!: string;

  @Variable({
    name: 'REDIS_URL',
    note: 'Redis for the queues. When it is not set, PostgreSQL carries them.',
    fallback: 'none',
    secret: true,
  })
  @IsOptional()
  @Matches(REDIS_URL, { message: 'REDIS_URL must look like redis://host:6379' })
  redisUrl?: string;

  @Variable({
    name: 'SMTP_URL',
    note: 'The mail server. When it is not set, mail goes to the local mailbox.',
    fallback: 'none',
    secret: true,
  })
  @IsOptional()
  @Matches(SMTP_URL, { message: 'SMTP_URL must look like smtp://user:password@host:587' })
  smtpUrl?: string;

  @Variable({
    name: 'SMS_URL',
    note: 'The SMS gateway: Twilio (`https://api.twilio.com`), or one that speaks its API. SMS_URL, SMS_ACCOUNT, SMS_TOKEN and SMS_FROM are set together or not at all. When they are not set, text messages go to the local mailbox with the mail.',
    fallback: 'none',
  })
  @IsOptional()
  @IsUrl(
    { require_tld: false, require_protocol: true, protocols: ['http', 'https'] },
    { message: 'SMS_URL must be an http or https address' },
  )
  smsUrl?: string;

  @Variable({ name: 'SMS_ACCOUNT', note: 'The account at the SMS gateway.', fallback: 'none' })
  @IsOptional()
  @Matches(/^\w+$/, { message: 'SMS_ACCOUNT must be the account SID' })
  smsAccount?: string;

  @Variable({
    name: 'SMS_TOKEN',
    note: 'The token of that account. It also checks the signatures of what the gateway sends to `/sms/status` and `/sms/inbound`, under PUBLIC_URL.',
    fallback: 'none',
    secret: true,
  })
  @IsOptional()
  @MinLength(8, { message: 'SMS_TOKEN must have at least 8 characters' })
  smsToken?: string;

  @Variable({
    name: 'SMS_FROM',
    note: 'Who text messages come from: a number (E.164), a short code, or the SID of a messaging service (`MG…`).',
    fallback: 'none',
  })
  @IsOptional()
  @Matches(/^(\+[1-9]\d{6,14}|\d{3,8}|MG[0-9a-f]{32})$/, {
    message: 'SMS_FROM must be a number like +15550100100, a short code or a messaging service (MG…)',
  })
  smsFrom?: string;

  @Variable({
    name: 'SMS_TIMEOUT_SECONDS',
    note: 'How long the SMS gateway may be silent before the connection is given up.',
    fallback: '30',
  })
  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(50)
  smsTimeoutSeconds = 30;

  @Variable({
    name: 'INBOUND_SECRET',
    note: 'At least 32 characters. What a mail server shows (`Authorization: Bearer …`) when it hands bounces, complaints and replies to `/inbound/mail`, which is closed without it.',
    fallback: 'none',
    secret: true,
  })
  @IsOptional()
  @MinLength(32, { message: 'INBOUND_SECRET must have at least 32 characters' })
  inboundSecret?: string;

  @Variable({ name: 'PORT', note: 'The port that everything is served at.', fallback: '3000' })
  @Transform(toInt)
  @IsInt({ message: 'PORT must be a whole number' })
  @Min(0)
  @Max(65_535)
  port = 3000;

  @Variable({ name: 'HOST', note: 'The address to listen on.', fallback: '127.0.0.1' })
  @MinLength(1)
  host = '127.0.0.1';

  @Variable({
    name: 'PUBLIC_URL',
    note: 'The address that links in messages start with.',
    fallback: 'http://localhost:PORT',
  })
  @IsOptional()
  @IsUrl(
    { require_tld: false, require_protocol: true, protocols: ['http', 'https'] },
    { message: 'PUBLIC_URL must be an http or https address' },
  )
  publicUrl?: string;

  @Variable({
    name: 'UNIONHALL_SECRET',
    note: 'At least 32 characters. Signs links and keys address hashes; changing it voids links that were sent, hides opt-outs and locks what is sealed, so keep it with the backups.',
    fallback: 'made at first start and kept in DATA_DIR',
    secret: true,
  })
  @MinLength(32, { message: 'UNIONHALL_SECRET must have at least 32 characters' })
  secret!: string;

  @Variable({ name: 'MAIL_FROM', note: 'The sender of messages.', fallback: 'Unionhall <union@example.org>' })
  @MinLength(3)
  mailFrom = 'Unionhall <union@example.org>';

  @Variable({ name: 'DATABASE_POOL', note: 'Connections per process.', fallback: '10' })
  @Transform(toInt)
  @IsInt()
  @Min(2)
  @Max(100)
  databasePool = 10;

  @Variable({ name: 'SMTP_CONNECTIONS', note: 'Mail connections per worker.', fallback: '5' })
  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(50)
  smtpConnections = 5;

  @Variable({
    name: 'SMTP_TIMEOUT_SECONDS',
    note: 'How long a mail server may be silent before the connection is given up.',
    fallback: '30',
  })
  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(50)
  smtpTimeoutSeconds = 30;

  @Variable({
    name: 'RETRY_SECONDS',
    note: 'How long after a mail server said "not now" a message is tried again; three times as long after each further time.',
    fallback: '180',
  })
  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(3_600)
  retrySeconds = 180;

  @Variable({
    name: 'LEASE_SECONDS',
    note: 'How long what a worker has in hand stays its own without a sign of life from it.',
    fallback: '20',
  })
  @Transform(toInt)
  @IsInt()
  @Min(2)
  @Max(300)
  leaseSeconds = 20;

  @Variable({
    name: 'APPROVAL_FROM',
    note: 'An audience of so many people needs a second organizer to say yes before the first message; 0 for never.',
    fallback: '1000',
  })
  @Transform(toInt)
  @IsInt()
  @Min(0)
  approvalFrom = 1_000;

  @Variable({
    name: 'SEND_FROM_HOUR',
    note: 'The hour of the day, where a member is, from which messages are sent to them.',
    fallback: '9',
  })
  @Transform(toInt)
  @IsInt()
  @Min(0)
  @Max(23)
  sendFromHour = 9;

  @Variable({
    name: 'SEND_UNTIL_HOUR',
    note: 'The hour of the day from which they are not sent any more; 24 with SEND_FROM_HOUR 0 for no quiet hours.',
    fallback: '20',
  })
  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(24)
  sendUntilHour = 20;

  @Variable({
    name: 'MAIL_PER_SECOND',
    note: 'How many mails of sequences a second the mail server takes, over all workers; 0 for no limit.',
    fallback: '0',
  })
  @Transform(toInt)
  @IsInt()
  @Min(0)
  @Max(10_000)
  mailPerSecond = 0;

  @Variable({
    name: 'SMS_PER_SECOND',
    note: 'How many text messages of sequences a second the SMS gateway takes, over all workers; 0 for no limit.',
    fallback: '0',
  })
  @Transform(toInt)
  @IsInt()
  @Min(0)
  @Max(10_000)
  smsPerSecond = 0;

  @Variable({
    name: 'MESSAGES_A_WEEK',
    note: 'How many messages of one purpose a member gets in seven days at most, service messages not counted; 0 for no limit.',
    fallback: '7',
  })
  @Transform(toInt)
  @IsInt()
  @Min(0)
  messagesAWeek = 7;

  @Variable({
    name: 'WEBHOOK_ALLOW',
    note: 'Hosts, with commas between them, that sequences may call though their addresses are private, and by plain http.',
    fallback: 'none',
  })
  @Matches(/^[\w.:[\],\s-]*$/, { message: 'WEBHOOK_ALLOW must be hosts with commas between them' })
  webhookAllow = '';

  @Variable({
    name: 'WEBHOOK_TIMEOUT_SECONDS',
    note: 'How long the other side of a call may take to answer.',
    fallback: '10',
  })
  @Transform(toInt)
  @IsInt()
  @Min(1)
  @Max(60)
  webhookTimeoutSeconds = 10;

  @Variable({
    name: 'LOG_LEVEL',
    note: 'fatal, error, warn, info, debug, trace or silent.',
    fallback: 'info',
  })
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  logLevel = 'info';

  @Variable({
    name: 'CLOCK_OFFSET_MS',
    note: 'Moves the clock of a local union, to try reminders without waiting. Refused in production.',
    fallback: '0',
  })
  @Transform(toInt)
  @IsInt()
  clockOffsetMs = 0;

  @Variable({
    name: 'FAILPOINT',
    note: 'Tests alone: `point@time@kill` or `…@stop`, where this process ends or stops itself. Refused in production.',
    fallback: 'none',
  })
  @IsOptional()
  @Matches(/^[a-z.-]+@[1-9]\d*@(kill|stop)$/, { message: 'FAILPOINT must look like point@1@kill' })
  failpoint?: string;

  /** The address that links start with, without a slash at its end. */
  get baseUrl(): string {
    return (this.publicUrl ?? `http://localhost:${this.port}`).replace(/\/$/, '');
  }
}

/**
 * Reads the configuration out of an environment.
 * @throws AppError CONFIG.INVALID naming every variable that is wrong, one sentence each.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const plain: Record<string, string> = {};
  for (const [property, { name }] of notes) {
    const value = environment[name];
    if (value !== undefined && value !== '') plain[property] = value;
  }
  const config = plainToInstance(Config, plain, { exposeDefaultValues: true });
  const failures = validateSync(config, { whitelist: false });
  if (failures.length > 0) {
    const problems = failures.map((failure) => {
      const name = notes.get(failure.property)?.name ?? failure.property;
      const reasons = Object.values(failure.constraints ?? {});
      const first = reasons[0] ?? 'is not valid';
      return first.startsWith(name) ? first : `${name}: ${first}`;
    });
    throw new AppError('invalid', 'CONFIG.INVALID', problems.join('; '));
  }
  const sms = [config.smsUrl, config.smsAccount, config.smsToken, config.smsFrom];
  if (sms.includes(undefined) && sms.some((one) => one !== undefined))
    throw new AppError(
      'invalid',
      'CONFIG.INVALID',
      'SMS_URL, SMS_ACCOUNT, SMS_TOKEN and SMS_FROM are set together or not at all',
    );
  if (config.environment === 'production')
    for (const name of [config.failpoint && 'FAILPOINT', config.clockOffsetMs !== 0 && 'CLOCK_OFFSET_MS'])
      if (name)
        throw new AppError(
          'invalid',
          'CONFIG.INVALID',
          `${name} is for trying things: production refuses it`,
        );
  if (config.sendFromHour >= config.sendUntilHour)
    throw new AppError('invalid', 'CONFIG.INVALID', 'SEND_FROM_HOUR must be before SEND_UNTIL_HOUR');
  return config;
}

/** What `npm start` alone reads, before there is a process to configure. */
const LAUNCHER_NOTES: readonly VariableNote[] = [
  { name: 'DATA_DIR', note: '`npm start`: where everything that must be kept lives.', fallback: './.data' },
  {
    name: 'SAMPLE',
    note: '`npm start`: `no` leaves an empty local union empty instead of filling it with invented people.',
    fallback: 'yes',
  },
];

/** The operator's page of every variable, in Markdown. */
export function configPage(): string {
  const rows = [...notes.values(), ...LAUNCHER_NOTES].map(
    (v) => `| \`${v.name}\` | ${v.note} | ${v.fallback} |`,
  );
  return [
    '# Configuration',
    '',
    'Everything is set by environment variables, read once at start. This page is written by `npm run docs:write`.',
    '',
    '| Variable | Meaning | When it is not set |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
