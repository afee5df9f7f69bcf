import type { MailMessage } from '@unionhall/platform';

/** The mail that carries a sign-in link. */
export const signInMail = (to: string, link: string): MailMessage => ({
  to,
  subject: 'Your link to sign in',
  text: [
    'Open this link to sign in. It works once, within 15 minutes of asking for it:',
    '',
    link,
    '',
    'If you did not ask for it, leave this message alone: nobody is signed in by it.',
    '',
  ].join('\n'),
  headers: { 'Auto-Submitted': 'auto-generated' },
});
