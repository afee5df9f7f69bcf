// The union that `npm start` opens, with its sample, over a database that is gone afterwards; and Chromium to look at it.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const { Union } = require('../../dist/apps/launcher/src/union.js');
const { readLaunchSettings } = require('../../dist/apps/launcher/src/launch-settings.js');
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', process.env.CHROME_PATH];

/** @returns where it is open, how to sign in, its database, and `close`. */
export async function openSampleUnion() {
  const dataDir = mkdtempSync(join(tmpdir(), 'unionhall-sample-'));
  const say = (line) => process.stdout.write(`${line}\n`);
  const lost = (reason) => {
    process.stderr.write(`${reason}\n`);
    process.exit(1);
  };
  const union = new Union(readLaunchSettings({ DATA_DIR: dataDir, PORT: '0' }, dataDir), dist, say, lost);
  const { address, signIns } = await union.open();
  const ask = async (query, variables, cookie = '', headers = {}) => {
    const answer = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await answer.json();
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return { data, cookie: (answer.headers.getSetCookie()[0] ?? '').split(';')[0] };
  };
  return {
    address,
    signIns,
    ask,
    /** The cookie of the organizer's session. */
    organizer: async () => {
      const { email, password } = signIns.organizer;
      const query =
        'mutation ($email: String!, $password: String!) { signInWithPassword(email: $email, password: $password) { expiresAt } }';
      return (await ask(query, { email, password })).cookie;
    },
    /** The cookie of the member's session, by the link of a mail. */
    member: async () => {
      await ask('mutation ($email: String!) { requestSignInLink(email: $email) }', signIns.member);
      for (let tries = 0; tries < 100; tries += 1) {
        const token = /sign-in\?token=([\w-]{43})/.exec(await mailTo(address, signIns.member.email))?.[1];
        if (token !== undefined)
          return (
            await ask('mutation ($token: String!) { signInWithLink(token: $token) { expiresAt } }', { token })
          ).cookie;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error('No link came.');
    },
    close: async () => {
      await union.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The text of the newest message to somebody in the local mailbox. */
async function mailTo(address, recipient) {
  const { messages } = await (await fetch(`${address}/mailbox?to=${encodeURIComponent(recipient)}`)).json();
  if (messages.length === 0) return '';
  return (await (await fetch(`${address}/mailbox/${messages[0].id}`)).json()).text;
}

/** Chromium, of Debian or where CHROME_PATH says. */
export async function openChromium() {
  const executablePath = PLACES.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) throw new Error('Chromium is not installed; set CHROME_PATH.');
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
