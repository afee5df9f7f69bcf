import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../../app/ask';
import { t } from '../../app/i18n';
import { Failed, Waiting } from '../../app/outcome';
import { FindMember, type FoundMember } from '../members/find-member';
import { nameOf } from '../members/name';
import type { TemplateDraft } from './template-draft';
import { textProblems } from './template-problems';
import { template } from './template-strings';
import { PREVIEW, type Preview } from './templates-query';
import classes from './template.module.css';

interface Look {
  readonly memberId: string;
  readonly subject: string;
  readonly body: string;
}

/**
 * The text as one member would get it. It is asked for by hand alone: every look stands in the ledger of
 * whoever is looked at.
 */
export function TemplatePreview(props: {
  templateId: string;
  language: string;
  draft: TemplateDraft;
}): ReactNode {
  const { templateId, language, draft } = props;
  const [member, setMember] = useState<FoundMember>();
  const looking = useMutation({
    mutationFn: (look: Look) => ask(PREVIEW, { input: { templateId, language, ...look } }),
  });
  const look = ({ id: memberId }: FoundMember): void =>
    looking.mutate({ memberId, subject: draft.subject, body: draft.body });
  const { variables: seen } = looking;
  const changed = seen !== undefined && (seen.subject !== draft.subject || seen.body !== draft.body);
  return (
    <Paper withBorder p="md" component="section" aria-label={t(template.preview)}>
      <Stack>
        <Title order={2} size="h4">
          {t(template.preview)}
        </Title>
        <Text>{t(template.previewWhy)}</Text>
        {member === undefined ? (
          <FindMember
            choose={(found) => {
              setMember(found);
              look(found);
            }}
          />
        ) : (
          <>
            <Text role="status" fw={600}>
              {t(template.seenBy, { name: nameOf(member) })}
            </Text>
            {changed && <Text>{t(template.textChanged)}</Text>}
            <Group>
              <Button mih={44} variant="default" loading={looking.isPending} onClick={() => look(member)}>
                {t(template.lookAgain)}
              </Button>
              <Button
                mih={44}
                variant="default"
                onClick={() => {
                  setMember(undefined);
                  looking.reset();
                }}
              >
                {t(template.another)}
              </Button>
            </Group>
          </>
        )}
        {looking.isPending && <Waiting rows={3} />}
        {looking.isError && <Refused error={looking.error} />}
        {looking.isSuccess && <Seen preview={looking.data.previewTemplate} language={language} />}
      </Stack>
    </Paper>
  );
}

function Refused({ error }: { error: unknown }): ReactNode {
  const inText = textProblems(error).filter(({ field }) => field !== undefined);
  if (inText.length === 0) return <Failed error={error} />;
  return (
    <Text role="alert" c="var(--mantine-color-error)">
      {inText.map(({ message }) => message).join(' ')}
    </Text>
  );
}

function Seen({ preview, language }: { preview: Preview; language: string }): ReactNode {
  const { subject, html, text, length } = preview;
  return (
    <>
      {html !== null && (
        <>
          <Text fw={600} lang={language} style={{ overflowWrap: 'anywhere' }}>
            {subject}
          </Text>
          <iframe className={classes.mail!} title={t(template.mailFrame)} sandbox="" srcDoc={html} />
        </>
      )}
      {length !== null && (
        <Text c="dimmed">{t(template.segments, { count: length.segments, encoding: length.encoding })}</Text>
      )}
      {html === null ? (
        <Plain text={text} language={language} />
      ) : (
        <details>
          <summary>{t(template.plain)}</summary>
          <Plain text={text} language={language} />
        </details>
      )}
    </>
  );
}

const Plain = ({ text, language }: { text: string; language: string }): ReactNode => (
  <Text lang={language} className={classes.plain!}>
    {text}
  </Text>
);
