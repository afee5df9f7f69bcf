import { LONGEST_SMS } from '../message';
import { templateLanguageUnknown, templateTextInvalid } from '../outreach.errors';
import { problemsOfText } from './check';
import { LONGEST_TEXT } from './liquid';

export type TemplateChannel = 'email' | 'sms';

/** A text as somebody wrote it. */
export interface WrittenText {
  /** BCP 47. */
  readonly language: string;
  /** Empty for a text message. */
  readonly subject: string;
  readonly body: string;
}

/** What stands against a text, at a place like `body.es`. */
export interface PlacedProblem {
  readonly code: string;
  readonly place: string;
  /** Lines begin with 1. */
  readonly line: number;
  readonly message: string;
}

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
const LONGEST_SUBJECT = 200;

/**
 * A text that may be saved. A template may speak of a gathering; whether a sequence has one is asked when it
 * is published.
 * @throws AppError TEMPLATE.LANGUAGE_UNKNOWN, TEMPLATE.TEXT_INVALID naming part, language and line of each problem.
 */
export function checkedText(channel: TemplateChannel, { language, subject, body }: WrittenText): WrittenText {
  if (!LANGUAGE.test(language)) throw templateLanguageUnknown();
  const text = { language, subject: channel === 'sms' ? '' : subject.trim(), body: body.trim() };
  const problems = problemsOfWritten(channel, text);
  if (problems.length > 0) throw templateTextInvalid(problems);
  return text;
}

/** Everything that stands against a text, its subject first. */
export function problemsOfWritten(
  channel: TemplateChannel,
  { language, subject, body }: WrittenText,
): PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  const ofPart = (part: 'subject' | 'body', text: string, longest: number): void => {
    const add = (code: string, line: number, message: string): void =>
      void problems.push({ code, place: `${part}.${language}`, line, message: `line ${line}: ${message}` });
    if (text === '') add('TEXT_MISSING', 1, 'says nothing');
    else if (text.length > longest) add('TOO_LONG', 1, `has more than ${longest} characters`);
    else for (const { code, line, message } of problemsOfText(text, true, true)) add(code, line, message);
  };
  if (channel === 'email') ofPart('subject', subject, LONGEST_SUBJECT);
  ofPart('body', body, channel === 'sms' ? LONGEST_SMS : LONGEST_TEXT);
  return problems;
}
