import { Alert, Button, Group, NativeSelect, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useChange } from '../../app/change';
import { i18n, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { languageName, LANGUAGES_SPOKEN } from '../members/languages';
import { TemplateEditor } from './template-editor';
import { TemplatePreview } from './template-preview';
import { TemplateReview } from './template-review';
import { template } from './template-strings';
import { useTemplateDraft } from './template-draft';
import { ARCHIVE, useTemplate, type Template, type Variable } from './templates-query';

/** One template: its text in a language, what a second person says of it, and how a member would see it. */
export function TemplatePage(): ReactNode {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useTemplate(id);
  const [language, setLanguage] = useState('');
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const { template: one, templateVariables } = found.data;
  if (one === null) return <Empty>{t(template.notFound)}</Empty>;
  const chosen = language === '' ? (one.texts.nodes[0]?.language ?? i18n.locale.slice(0, 2)) : language;
  return (
    <Stack maw={1200}>
      <Head one={one} />
      <NativeSelect
        maw={360}
        label={t(template.language)}
        value={chosen}
        onChange={(event) => setLanguage(event.currentTarget.value)}
        data={languagesOf(one)}
      />
      <InLanguage key={chosen} one={one} language={chosen} variables={templateVariables} />
    </Stack>
  );
}

function Head({ one: { id, name, channel, chapter, archivedAt } }: { one: Template }): ReactNode {
  const archive = useChange(ARCHIVE, 'templates');
  return (
    <>
      <Group justify="space-between" align="flex-start">
        <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Title>
        <Button
          variant="default"
          mih={44}
          loading={archive.isPending}
          onClick={() => archive.mutate({ id, archived: archivedAt === null })}
        >
          {t(archivedAt === null ? template.archive : template.restore)}
        </Button>
      </Group>
      <Text c="dimmed">{`${t(template[channel])} · ${chapter.name}`}</Text>
      {archivedAt !== null && (
        <Alert variant="outline" role="status">
          <Text c="var(--mantine-color-text)">{t(template.archived)}</Text>
        </Alert>
      )}
    </>
  );
}

/** Those that have a text first, each with its state; then others to begin. */
function languagesOf({ texts }: Template): { value: string; label: string }[] {
  const there = new Map(texts.nodes.map(({ language, state }) => [language, state]));
  return [...new Set([...there.keys(), ...LANGUAGES_SPOKEN])].map((value) => {
    const state = there.get(value);
    const language = languageName(value);
    return {
      value,
      label:
        state === undefined ? language : t(template.languageState, { language, state: t(template[state]) }),
    };
  });
}

function InLanguage(props: { one: Template; language: string; variables: readonly Variable[] }): ReactNode {
  const { one, language, variables } = props;
  const text = one.texts.nodes.find((any) => any.language === language);
  const draft = useTemplateDraft(one.id, language, text);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Stack>
        <TemplateEditor one={one} language={language} variables={variables} draft={draft} />
        {text !== undefined && <TemplateReview templateId={one.id} text={text} unsaved={draft.changed} />}
      </Stack>
      <TemplatePreview templateId={one.id} language={language} draft={draft} />
    </SimpleGrid>
  );
}
