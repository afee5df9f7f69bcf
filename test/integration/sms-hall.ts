import { openOutreach, type OutreachHall } from './outreach-hall';
import type { SmsServer } from '../support/sms-server';

/** Members m001… of a training whose messages are texts, with the numbers +15550100001…, and allowed. */
export async function inviteByText(hall: OutreachHall, people: number): Promise<void> {
  await hall.invite({ people });
  await hall.look(`UPDATE sequence_step SET config = config || '{"channel": "sms"}' WHERE kind = 'message'`);
  await hall.look(
    `UPDATE member SET phone = '+15550100' || substr(email, 2, 3), phone_key = '+15550100' || substr(email, 2, 3) WHERE email LIKE 'm%'`,
  );
  await hall.look(
    `INSERT INTO consent (member_id, chapter_id, purpose, channel, state, wording, source)
     SELECT id, chapter_id, 'events', 'sms', 'granted', 'Text me', 'test' FROM member WHERE email LIKE 'm%' ON CONFLICT DO NOTHING`,
  );
}

/** A union whose texts go to a gateway. */
export const openTexting = (
  { environment }: SmsServer,
  more: NodeJS.ProcessEnv = {},
): Promise<OutreachHall> => openOutreach({ ...environment, ...more });

/** Opens the union's door to the gateway; gives its address. */
export async function listening({ app }: OutreachHall): Promise<string> {
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}
