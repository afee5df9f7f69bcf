import type { EntityManager } from 'typeorm';
import type { Actor } from '@unionhall/identity';
import type { NotReady } from './publish-check';
import { channelOf, type MessageStep, type StepConfig } from './step';

interface TemplateRow {
  id: string;
  channel: 'email' | 'sms';
  archived: boolean;
  texts: { language: string; subject: string; body: string; state: string; once: boolean }[];
}

/** Templates that the actor may use, each with its newest text in every language, and whether one was ever approved. */
const TEMPLATES = `
  SELECT t.id, t.channel, t.archived_at IS NOT NULL AS archived,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('language', x.language, 'subject', x.subject, 'body', x.body, 'state', x.state, 'once', x.once) ORDER BY x.language), '[]')
            FROM (SELECT DISTINCT ON (language) language, subject, body, state,
                         bool_or(state = 'approved') OVER (PARTITION BY language) AS once
                    FROM template_text WHERE template_id = t.id ORDER BY language, revision DESC) x) AS texts
    FROM template t WHERE t.id = ANY($1::uuid[]) AND ($2::boolean OR t.chapter_id = ANY($3::uuid[]))`;

/** A step that names a template has no words of its own until they are copied into it. */
export const withoutTexts = (step: StepConfig): StepConfig =>
  step.kind === 'message' && step.template !== undefined ? { ...step, subject: {}, body: {} } : step;

/**
 * Steps with the words of their templates, as they stand now; those that have words already keep them.
 * @param which `approved`: what a second person has allowed. A language that nobody ever approved is left out;
 *   one that was changed since stands against it. `newest`: whatever was saved last.
 */
export async function withTexts(
  em: EntityManager,
  actor: Actor,
  steps: readonly StepConfig[],
  which: 'approved' | 'newest',
): Promise<{ readonly steps: readonly StepConfig[]; readonly problems: readonly NotReady[] }> {
  const named = steps.flatMap((step) => (isBare(step) ? [step.template] : []));
  if (named.length === 0) return { steps, problems: [] };
  const reach = actor.can('outreach.run');
  const rows = (await em.query(TEMPLATES, [
    named,
    reach === 'all',
    reach === 'all' || reach === false ? [] : reach,
  ])) as TemplateRow[];
  const templates = new Map(rows.map((row) => [row.id, row]));
  const problems: NotReady[] = [];
  const filled = steps.map((step, at) => {
    if (!isBare(step)) return step;
    const template = templates.get(step.template);
    const found = problemsWith(template, step, which, `steps[${at}].template`);
    problems.push(...found);
    return found.length === 0 ? { ...step, ...textsOf(template!, which) } : step;
  });
  return { steps: filled, problems };
}

/** Keeps the words in the steps: from now on no change of a template reaches them. */
export async function writeTexts(
  em: EntityManager,
  sequenceId: string,
  version: number,
  steps: readonly StepConfig[],
): Promise<void> {
  const copied = steps.filter((step) => step.kind === 'message' && step.template !== undefined);
  if (copied.length === 0) return;
  await em.query(
    `UPDATE sequence_step st SET config = st.config || jsonb_build_object('subject', c::jsonb->'subject', 'body', c::jsonb->'body')
       FROM unnest($3::text[]) AS s (c) WHERE st.sequence_id = $1 AND st.version = $2 AND st.key = c::jsonb->>'key'`,
    [sequenceId, version, copied.map((step) => JSON.stringify(step))],
  );
}

const isBare = (step: StepConfig): step is MessageStep & { readonly template: string } =>
  step.kind === 'message' && step.template !== undefined && Object.keys(step.body).length === 0;

function problemsWith(
  template: TemplateRow | undefined,
  step: MessageStep,
  which: 'approved' | 'newest',
  place: string,
): NotReady[] {
  const missing = (message: string): NotReady[] => [{ code: 'TEMPLATE_MISSING', place, message }];
  if (template === undefined) return missing('there is no such template in your chapters');
  if (template.archived) return missing('the template has been put away');
  if (template.channel !== channelOf(step))
    return missing(`the template is for ${template.channel}, and the step for ${channelOf(step)}`);
  if (template.texts.length === 0) return missing('the template says nothing yet');
  if (which === 'newest') return [];
  const changed = template.texts.filter(({ state, once }) => once && state !== 'approved');
  const none = template.texts.every(({ once }) => !once);
  return (none ? template.texts : changed).map(({ language }) => ({
    code: 'TEMPLATE_NOT_APPROVED',
    place: `${place}.${language}`,
    message: 'a second person has not approved this text',
  }));
}

function textsOf(
  { channel, texts }: TemplateRow,
  which: 'approved' | 'newest',
): Pick<MessageStep, 'subject' | 'body'> {
  const copied = texts.filter(({ once }) => which === 'newest' || once);
  const each = (part: 'subject' | 'body'): Readonly<Record<string, string>> =>
    Object.fromEntries(copied.map((text) => [text.language, text[part]]));
  return { subject: channel === 'sms' ? {} : each('subject'), body: each('body') };
}
