import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The three ways into a sample union. */
export interface SignIns {
  readonly organizer: { readonly email: string; readonly password: string };
  readonly member: { readonly email: string };
  readonly partner: { readonly key: string };
}

const FILE = 'sign-ins.json';

/** Keeps the sign-ins of the sample union (0600), so that the next start can show them again. */
export function keepSignIns(dataDir: string, signIns: SignIns): void {
  const draft = join(dataDir, `.${FILE}-${process.pid}`);
  writeFileSync(draft, `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, join(dataDir, FILE));
}

export function keptSignIns(dataDir: string): SignIns | undefined {
  const file = join(dataDir, FILE);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as SignIns;
  } catch {
    return undefined;
  }
}

/** The words shown when the union is open. */
export function welcome(
  address: string,
  signIns: SignIns | undefined,
  seconds: string,
  mailbox: boolean,
): string {
  const lines = ['', `Unionhall is open at ${address}  (${seconds} s)`, ''];
  if (signIns !== undefined) {
    const { organizer, member, partner } = signIns;
    lines.push(
      '  Three ways in:',
      `    organizer  ${organizer.email}  password ${organizer.password}`,
      `    member     ${member.email}  asks for a sign-in link; ${mailbox ? `it arrives at ${address}/mailbox` : 'it comes by mail'}`,
      `    partner    key ${partner.key}  as a bearer token at ${address}/partners/graphql`,
      '',
    );
  }
  lines.push('Ctrl-C closes it.', '');
  return lines.join('\n');
}
