import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT, sources } from '../architecture/sources';
import { onEachBackend } from '../support/backends';
import { judge } from './check.mjs';
import { API_POINTS, WORKER_POINTS } from './points.mjs';

const KILLS = 60;

interface Figures {
  readonly kills: number;
  readonly promised: number;
  readonly [name: string]: unknown;
}

/** Runs the driver over the compiled server, as `npm run chaos` does. */
function chaos(
  backend: string,
): Promise<{ code: number | null; said: string; figures: Figures | undefined }> {
  const script = join(__dirname, 'run.mjs');
  const args = [script, '--kills', String(KILLS), '--backend', backend, '--minutes', '3', '--json'];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) =>
    child.once('close', (code) => {
      const json = /^figures (.*)$/m.exec(said)?.[1];
      resolve({ code, said, figures: json === undefined ? undefined : (JSON.parse(json) as Figures) });
    }),
  );
}

onEachBackend('a union whose processes are killed', (environment) => {
  it('loses nobody, writes to nobody twice or after an opt-out, and explains what is uncertain', async () => {
    const { code, said, figures } = await chaos(
      environment['REDIS_URL'] === undefined ? 'postgres' : 'redis',
    );
    process.stdout.write(said.replace(/^figures .*\n/m, ''));
    if (code !== 0) throw new Error(said);
    expect(figures).toMatchObject({
      lost: 0,
      duplicated: 0,
      unexpected: 0,
      'after opt-out': 0,
      'in quiet hours': 0,
      unexplained: 0,
    });
    expect(figures!.kills).toBeGreaterThanOrEqual(KILLS);
    expect(figures!.promised).toBeGreaterThan(500);
  }, 300_000);
});

describe('the places where a process is ended', () => {
  it('are those that the code names, either side of each', () => {
    const named: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) {
        const called = ts.isPropertyAccessExpression(node.expression)
          ? node.expression.name.text
          : node.expression.getText();
        const [first, , third] = node.arguments;
        if (called === 'failpoint' && ts.isStringLiteral(first!)) named.push(first.text);
        if (called === 'tx' && third !== undefined && ts.isStringLiteral(third))
          named.push(`${third.text}.committing`, `${third.text}.committed`);
      }
      node.forEachChild(visit);
    };
    for (const { path } of sources('libs'))
      visit(ts.createSourceFile(path, readFileSync(join(ROOT, path), 'utf8'), ts.ScriptTarget.Latest, true));
    expect(named.sort()).toEqual([...WORKER_POINTS, ...API_POINTS].sort());
  });
});

describe('the judge', () => {
  it('imports nothing of the product', () => {
    const imported = (file: string): string[] =>
      ts
        .preProcessFile(readFileSync(join(__dirname, file), 'utf8'), true, true)
        .importedFiles.map(({ fileName }) => fileName);
    expect(imported('check.mjs')).toEqual(['node:module', './journal.mjs', 'pg']);
    expect(imported('journal.mjs')).toEqual(['node:fs']);
    expect(readFileSync(join(__dirname, 'check.mjs'), 'utf8').match(/require\('([^']+)'\)/g)).toEqual([
      "require('pg')",
    ]);
  });

  it('asks of the worker that attempted a message what became of it, not of one that sent the same person another', () => {
    const to = 'ann@example.org';
    const row = { id: '1', member: '1', email: to, title: 'T', step: 'reminder', state: 'uncertain' };
    const ledger = [{ ...row, reason: 'interrupted', attempted: 10_000, decided: 17_000 }];
    const invitation = { subject: 'Join us: T', messageId: '<1@example.org>' };
    const entry = (at: number, what: string, more = {}): object => ({
      at,
      what,
      worker: 0,
      session: 1,
      to,
      ...more,
    });
    const sink = [
      entry(14_000, 'asked'),
      entry(14_001, 'begun'),
      entry(14_016, 'kept', invitation),
      entry(14_017, 'answered', { ...invitation, code: 250 }),
    ];
    const unexplained = (faults: readonly object[]): number =>
      judge({ journal: faults, sink, ledger, leaseSeconds: 8 }).violations.filter(
        ({ what }) => what === 'unexplained',
      ).length;
    const death = { at: 10_157, what: 'fault', kind: 'kill', worker: 2, point: 'at random' };
    expect(unexplained([death])).toBe(0);
    expect(unexplained([{ ...death, at: 30_000 }])).toBe(1);
  });

  it('takes what a worker said to the mail server for a sign of life, and its death soon after for the cause', () => {
    const to = 'ann@example.org';
    const row = { id: '1', member: '1', email: to, title: 'T', step: 'invitation', state: 'uncertain' };
    const ledger = [{ ...row, reason: 'interrupted', attempted: 10_000, decided: 16_065 }];
    const sink = [
      { at: 13_967, what: 'asked', worker: 0, session: 1, to },
      { at: 13_967, what: 'fault', kind: '451 to the recipient', worker: 0, session: 1, to },
    ];
    const unexplained = (death: object): number =>
      judge({
        journal: [{ at: 14_058, what: 'fault', kind: 'kill', worker: 0, point: 'at random', ...death }],
        sink,
        ledger,
        leaseSeconds: 6,
      }).violations.filter(({ what }) => what === 'unexplained').length;
    expect(unexplained({})).toBe(0);
    const later = { at: 16_166, what: 'asked', worker: 2, session: 2, to };
    sink.push(later, { ...later, what: 'fault', kind: 'drops at the recipient' });
    expect(unexplained({})).toBe(0);
    expect(unexplained({ worker: 1 })).toBe(1);
    expect(unexplained({ at: 15_990 })).toBe(1);
    expect(unexplained({ at: 9_000 })).toBe(1);
  });
});
