import { Button, Checkbox, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { t } from '../../../app/i18n';
import { languageName, LANGUAGES_SPOKEN } from '../../members/languages';
import { named, useChoices, useTextLength } from './choices';
import { ConditionForm } from './condition-form';
import { omit, type MessageDraft, type Texts } from './definition';
import { editor } from './editor-strings';
import { forms } from './form-strings';
import type { StepFormProps } from './step-form';

const drop = (texts: Texts, language: string): Texts =>
  Object.fromEntries(Object.entries(texts).filter(([tag]) => tag !== language));

/** What is said, to whom, and by what way. */
export function MessageForm({ step, place, change, errorAt }: StepFormProps<MessageDraft>): ReactNode {
  const choices = useChoices();
  const channel = step.channel ?? 'email';
  const templates = (choices.data?.templates.nodes ?? []).filter(
    (one) => one.channel.toLowerCase() === channel,
  );
  const set = (part: Partial<MessageDraft>): void => change({ ...step, ...part });
  const written = (template: string): void => {
    const rest = omit(step, 'template');
    if (template !== '') return change({ ...rest, template, subject: {}, body: {} });
    change({ ...rest, subject: { en: '' }, body: { en: '' } });
  };
  const only = (on: boolean): void => {
    const rest = omit(step, 'only');
    change(on ? { ...rest, only: { rsvp: ['going'] } } : rest);
  };
  return (
    <Stack gap="sm">
      <TextInput
        id={`${place}.name`}
        label={t(forms.name)}
        maxLength={80}
        value={step.name}
        error={errorAt('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Group align="flex-end">
        <NativeSelect
          label={t(forms.channel)}
          value={channel}
          onChange={(event) => {
            const rest = omit(step, 'template');
            const texts = step.template === undefined ? {} : { subject: { en: '' }, body: { en: '' } };
            change({ ...rest, ...texts, channel: event.currentTarget.value as 'email' | 'sms' });
          }}
          data={(['email', 'sms'] as const).map((value) => ({ value, label: t(forms[value]) }))}
        />
        <NativeSelect
          label={t(forms.until)}
          value={step.until}
          onChange={(event) => set({ until: event.currentTarget.value as 'start' | 'never' })}
          data={(['never', 'start'] as const).map((value) => ({ value, label: t(forms[value]) }))}
        />
        <NativeSelect
          id={`${place}.template`}
          label={t(forms.words)}
          error={errorAt('template')}
          value={step.template === undefined ? '' : named('Template', step.template)}
          onChange={(event) => written(event.currentTarget.value)}
          data={[
            { value: '', label: t(forms.ownWords) },
            ...templates.map(({ id, name }) => ({ value: id, label: t(forms.template, { name }) })),
          ]}
        />
      </Group>
      {step.template === undefined && <OwnWords {...{ step, place, change, errorAt }} />}
      <Checkbox
        label={t(forms.hasOnly)}
        checked={step.only !== undefined}
        onChange={(event) => only(event.currentTarget.checked)}
      />
      {step.only !== undefined && (
        <ConditionForm label={t(forms.only)} condition={step.only} change={(one) => set({ only: one })} />
      )}
    </Stack>
  );
}

function OwnWords({ step, place, change, errorAt }: Omit<StepFormProps<MessageDraft>, 'later'>): ReactNode {
  const choices = useChoices();
  const languages = Object.keys(step.body);
  const others = LANGUAGES_SPOKEN.filter((tag) => !languages.includes(tag));
  const isMail = (step.channel ?? 'email') === 'email';
  return (
    <>
      {languages.map((language) => (
        <Stack key={language} gap="xs" role="group" aria-label={languageName(language)}>
          {isMail && (
            <TextInput
              id={`${place}.subject.${language}`}
              label={t(forms.subject, { language: languageName(language) })}
              value={step.subject[language] ?? ''}
              error={errorAt(`subject.${language}`)}
              onChange={(event) =>
                change({ ...step, subject: { ...step.subject, [language]: event.currentTarget.value } })
              }
            />
          )}
          <Textarea
            id={`${place}.body.${language}`}
            label={t(forms.body, { language: languageName(language) })}
            autosize
            minRows={4}
            dir="auto"
            value={step.body[language] ?? ''}
            error={errorAt(`body.${language}`)}
            onChange={(event) =>
              change({ ...step, body: { ...step.body, [language]: event.currentTarget.value } })
            }
          />
          {!isMail && <Length text={step.body[language] ?? ''} />}
          {languages.length > 1 && (
            <Group>
              <Button
                variant="subtle"
                mih={44}
                onClick={() =>
                  change({ ...step, subject: drop(step.subject, language), body: drop(step.body, language) })
                }
              >
                {t(forms.dropLanguage, { language: languageName(language) })}
              </Button>
            </Group>
          )}
        </Stack>
      ))}
      {choices.data !== undefined && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t(forms.variables, {
            names: choices.data.templateVariables.map(({ name }) => `{{${name}}}`).join(' '),
          })}
        </Text>
      )}
      <NativeSelect
        label={t(forms.addLanguage)}
        value=""
        onChange={(event) => {
          const language = event.currentTarget.value;
          if (language === '') return;
          const subject = isMail ? { ...step.subject, [language]: '' } : step.subject;
          change({ ...step, subject, body: { ...step.body, [language]: '' } });
        }}
        data={[
          { value: '', label: t(editor.choose) },
          ...others.map((value) => ({ value, label: languageName(value) })),
        ]}
      />
    </>
  );
}

function Length({ text }: { text: string }): ReactNode {
  const [settled] = useDebouncedValue(text, 300);
  const found = useTextLength(settled, true);
  return (
    <Text size="sm" c="dimmed" role="status">
      {found.data === undefined || text === ''
        ? ''
        : t(forms.segments, { count: found.data.segments, encoding: found.data.encoding })}
    </Text>
  );
}
