import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runMigrations } from '@unionhall/migrations';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres';
import type { LaunchSettings } from './launch-settings';
import { refuseIfRunning } from './postgres/data-lock';
import { AppProcess } from './processes/app-process';
import { LaunchRefusal, oneLine } from './refusal';
import { installationSecret } from './secret';
import { checkServices } from './services/check-services';
import { keepSignIns, keptSignIns, type SignIns } from './sign-ins';

type FillSample = (options: {
  databaseUrl: string;
  progress: (line: string) => void;
}) => Promise<SignIns | null>;

const GRACE_MS = 10_000;

/** Every part of a running union, in the order of starting; stopping goes the other way. */
export class Union {
  private postgres: EmbeddedPostgres | undefined;
  private apps: AppProcess[] = [];
  private closing: Promise<void> | undefined;

  constructor(
    private readonly settings: LaunchSettings,
    /** The folder that holds `apps/api/src/main.js` and its siblings. */
    private readonly built: string,
    private readonly say: (line: string) => void,
    private readonly onLost: (reason: string) => void,
  ) {}

  /**
   * Brings everything up.
   * @returns where it can be reached, and the sign-ins when it holds a sample union.
   * @throws LaunchRefusal with one line; the caller closes what had started.
   */
  async open(): Promise<{ address: string; signIns: SignIns | undefined }> {
    const { settings } = this;
    // First, because a union that runs already also holds the port: this is the clearer reason.
    if (settings.databaseUrl === undefined) await refuseIfRunning(settings.dataDir);
    await checkServices(settings);
    const databaseUrl = settings.databaseUrl?.href ?? (await this.startPostgres());
    this.goOn();
    const applied = await runMigrations(databaseUrl, this.say).catch((error: unknown) => {
      throw new LaunchRefusal(`The database could not be brought up to date: ${oneLine(error)}`);
    });
    if (applied > 0) this.say(`Database brought up to date (${applied} migrations)`);
    this.goOn();
    process.env['UNIONHALL_SECRET'] = installationSecret(settings.dataDir, process.env);
    const signIns =
      settings.databaseUrl === undefined && settings.sample ? await this.sample(databaseUrl) : undefined;
    this.goOn();
    const address = await this.startApps(databaseUrl);
    return { address, signIns };
  }

  /** Stops apps first, then PostgreSQL. Safe to call at any time, more than once. */
  close(): Promise<void> {
    this.closing ??= (async () => {
      await Promise.all(this.apps.map((app) => app.stop(GRACE_MS)));
      await this.postgres?.stop();
    })();
    return this.closing;
  }

  /** Stops everything without waiting for anyone's work. */
  async force(): Promise<void> {
    for (const app of this.apps) app.kill();
    await this.postgres?.stop('now');
  }

  private goOn(): void {
    if (this.closing !== undefined) throw new LaunchRefusal('Stopped while starting.');
  }

  private async startPostgres(): Promise<string> {
    const postgres = await startEmbeddedPostgres({
      dataDir: this.settings.dataDir,
      fsync: true,
      log: this.say,
    });
    this.postgres = postgres;
    if (this.closing !== undefined) await postgres.stop();
    void postgres.ended.then((code) => {
      if (this.closing === undefined)
        this.onLost(
          `PostgreSQL ended unexpectedly (code ${code}); see ${join(this.settings.dataDir, 'logs', 'postgres.log')}`,
        );
    });
    return postgres.url;
  }

  private async sample(databaseUrl: string): Promise<SignIns | undefined> {
    const { dataDir } = this.settings;
    if (!existsSync(join(__dirname, 'sample', 'index.js'))) return keptSignIns(dataDir);
    const { fillSampleIfEmpty } = (await import(join(__dirname, 'sample', 'index.js'))) as {
      fillSampleIfEmpty: FillSample;
    };
    const fresh = await fillSampleIfEmpty({ databaseUrl, progress: this.say });
    if (fresh !== null) keepSignIns(dataDir, fresh);
    return fresh ?? keptSignIns(dataDir);
  }

  private async startApps(databaseUrl: string): Promise<string> {
    const { dataDir, host, port } = this.settings;
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const environment = this.settings.databaseUrl === undefined ? 'development' : 'production';
    const env = {
      NODE_ENV: environment,
      ...process.env,
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      HOST: host,
      PORT: String(port),
    };
    const make = (name: string, folder: string): AppProcess =>
      new AppProcess({
        name,
        script: join(this.built, 'apps', folder, 'src', 'main.js'),
        cwd: process.cwd(),
        env,
        logFile: join(dataDir, 'logs', `${folder}.log`),
        say: this.say,
      });
    const api = make('API', 'api');
    const worker = make('worker', 'worker');
    this.apps = [api, worker];
    const [ready] = await Promise.all([api.start(), worker.start()]);
    return ready.address ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  }
}
