import { Badge, Button, Group, List, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useChange } from '../../app/change';
import { moment, t } from '../../app/i18n';
import { Failed, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { template } from './template-strings';
import { ASK_REVIEW, REVIEW, useRevisions, type TemplateText } from './templates-query';

/** How far the review of a text is, and its next step. */
export function TemplateReview(props: {
  templateId: string;
  text: TemplateText;
  unsaved: boolean;
}): ReactNode {
  const { templateId, text, unsaved } = props;
  const { state, note, language, revision } = text;
  return (
    <Paper withBorder p="md" component="section" aria-label={t(template.review)}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h5">
            {t(template.review)}
          </Title>
          <Badge size="lg" tt="none" fw={500} variant={state === 'APPROVED' ? 'filled' : 'default'}>
            {t(template[state])}
          </Badge>
        </Group>
        {note !== null && <Text style={{ overflowWrap: 'anywhere' }}>{t(template.noteSaid, { note })}</Text>}
        {unsaved ? (
          <Text>{t(template.unsaved)}</Text>
        ) : (
          <NextStep key={text.id} at={{ templateId, language, revision }} text={text} />
        )}
        <History templateId={templateId} language={language} revision={revision} />
      </Stack>
    </Paper>
  );
}

interface At {
  readonly templateId: string;
  readonly language: string;
  readonly revision: number;
}

function NextStep({ at, text: { state, mine } }: { at: At; text: TemplateText }): ReactNode {
  const asking = useChange(ASK_REVIEW, 'templates');
  if (state === 'APPROVED') return <Text>{t(template.approvedMeans)}</Text>;
  if (state === 'DRAFT')
    return (
      <>
        <Text>{t(template.draftMeans)}</Text>
        <Button
          variant="default"
          mih={44}
          style={{ alignSelf: 'flex-start' }}
          loading={asking.isPending}
          onClick={() => asking.mutate({ input: at }, { onSuccess: () => say(t(template.asked)) })}
        >
          {t(template.ask)}
        </Button>
      </>
    );
  if (state === 'REJECTED') return null;
  return mine ? <Text>{t(template.yours)}</Text> : <Verdict at={at} />;
}

function Verdict({ at }: { at: At }): ReactNode {
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const reviewing = useChange(REVIEW, 'templates');
  const send = (approve: boolean): void => {
    setMissing(!approve && note.trim() === '');
    if (!approve && note.trim() === '') return document.getElementById('review-note')?.focus();
    reviewing.mutate(
      { input: { ...at, approve, note } },
      { onSuccess: () => say(t(approve ? template.approvedNow : template.rejectedNow)) },
    );
  };
  return (
    <>
      <Textarea
        id="review-note"
        label={t(template.note)}
        maxLength={1_000}
        autosize
        minRows={2}
        value={note}
        error={missing ? t(template.noteMissing) : undefined}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group>
        <Button mih={44} loading={reviewing.isPending} onClick={() => send(true)}>
          {t(template.approve)}
        </Button>
        <Button variant="default" mih={44} loading={reviewing.isPending} onClick={() => send(false)}>
          {t(template.reject)}
        </Button>
      </Group>
    </>
  );
}

/** What was there before, asked for when it is opened. */
function History({ templateId, language, revision }: At): ReactNode {
  const [open, setOpen] = useState(false);
  const found = useRevisions(templateId, language, open);
  if (revision === 1) return null;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t(template.history)}</summary>
      {open && found.isPending && <Waiting rows={2} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      <List size="sm" mt="xs">
        {found.data
          ?.filter((one) => one.revision < revision)
          .map((one) => (
            <List.Item key={one.id}>
              <Text size="sm" c="dimmed">
                {t(template.revisionAt, {
                  revision: one.revision,
                  when: moment(one.savedAt),
                  state: t(template[one.state]),
                })}
              </Text>
              {one.subject !== '' && <Text fw={600}>{one.subject}</Text>}
              <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{one.body}</Text>
            </List.Item>
          ))}
      </List>
    </details>
  );
}
