/** Either side of each commit, of what is written to a mail server, and of each acknowledgement. */
export const WORKER_POINTS = [
  'outreach.claim.committing',
  'outreach.claim.committed',
  'outreach.barrier.committing',
  'outreach.barrier.committed',
  'mail.handing-over',
  'mail.handed-over',
  'mail.answered',
  'outreach.record.committing',
  'outreach.record.committed',
  'outreach.advance.committing',
  'outreach.advance.committed',
  'outreach.recover.committing',
  'outreach.recover.committed',
  'outreach.take-turns.committing',
  'outreach.take-turns.committed',
  'outbox.relay.committing',
  'outbox.relay.committed',
  'queue.acknowledging',
  'queue.acknowledged',
];
export const API_POINTS = [
  'outreach.start.committing',
  'outreach.start.committed',
  'consent.stop.committing',
  'consent.stop.committed',
];
