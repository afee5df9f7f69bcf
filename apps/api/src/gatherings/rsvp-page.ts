import { DateTime } from 'luxon';
import type { RsvpPage } from '@unionhall/gatherings';
import { escapeHtml } from '../pages/page';

const ANSWERS = [
  ['going', 'I will come'],
  ['maybe', 'Maybe'],
  ['declined', 'I cannot come'],
] as const;

const STANDING: Readonly<Record<string, string>> = {
  going: 'You have a place. See you there.',
  waitlisted: 'You are on the waiting list. We will write when a place is free.',
  maybe: 'You said: maybe.',
  declined: 'You said that you cannot come.',
  cancelled: 'You have taken your answer back.',
};

/** The page where a member answers: buttons in a plain form, no script, nothing fetched from elsewhere. */
export function rsvpHtml(page: RsvpPage, notice?: string): string {
  const starts = DateTime.fromJSDate(page.startsAt, { zone: page.timeZone }).setLocale('en');
  const when = `${starts.toLocaleString(DateTime.DATETIME_FULL)} (${page.timeZone})`;
  const closed =
    page.state === 'cancelled'
      ? 'This gathering has been cancelled.'
      : page.over
        ? 'This gathering is over.'
        : undefined;
  const standing = page.answer === null ? undefined : STANDING[page.answer];
  const buttons = ANSWERS.map(([status, label]) => {
    const held = page.answer === status || (page.answer === 'waitlisted' && status === 'going');
    const text = status === 'going' && page.full && !held ? 'Put me on the waiting list' : label;
    return `<button name="status" value="${status}"${held ? ' disabled' : ''}>${text}</button>`;
  }).join('\n');
  return layout(
    page.title,
    `<p>${page.kind === 'training' ? 'Training' : 'Listening session'}</p>
<p><strong>${escapeHtml(when)}</strong></p>
${page.place === null ? '' : `<p>${escapeHtml(page.place)}</p>`}
${notice === undefined ? '' : `<p role="status">${escapeHtml(notice)}</p>`}
${standing === undefined ? '' : `<p role="status">${standing}</p>`}
${closed === undefined ? `<form method="post">${buttons}</form>` : `<p role="alert">${closed}</p>`}`,
  );
}

/** A refusal, in the words of its error. */
export const refusalHtml = (message: string, code: string): string =>
  layout(
    'This did not work',
    `<p role="alert">${escapeHtml(message)}</p><p><small>${escapeHtml(code)}</small></p>`,
  );

function layout(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:2rem auto;padding:0 1rem}button{font:inherit;padding:.6rem 1rem;margin:.25rem .25rem .25rem 0}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
${body}
</main></body></html>
`;
}
