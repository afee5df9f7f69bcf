import {
  Button,
  Fieldset,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ErrorSummary, problemAt, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { MainAction } from '../../app/main-action';
import { useChapters } from '../chapters/chapters';
import { courseProblems, emptyModule, type CourseDraft, type ModuleDraft } from './course-draft';
import { trainings } from './strings';

/** The facts of a course, and its modules in their order. */
export function CourseForm(props: {
  draft: CourseDraft;
  change: (part: Partial<CourseDraft>) => void;
  /** It exists: it stays in its chapter. */
  known: boolean;
  /** Modules can be changed: of a draft. */
  modules: boolean;
  sending: boolean;
  send: () => void;
}): ReactNode {
  const { draft, change, known, sending, send } = props;
  const chapters = useChapters();
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const input = (name: 'chapterId' | 'title' | 'description' | 'months' | 'preparesFor') => ({
    id: name,
    value: draft[name],
    error: problemAt(problems, name),
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const found = courseProblems(draft);
        setProblems(found);
        if (found.length === 0) send();
      }}
    >
      <Stack>
        <ErrorSummary problems={problems} />
        {!known && (
          <NativeSelect
            {...input('chapterId')}
            label={t(trainings.chapter)}
            data={[
              { value: '', label: t(trainings.choose) },
              ...(chapters.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        <TextInput {...input('title')} label={t(trainings.name)} maxLength={200} />
        <Textarea {...input('description')} label={t(trainings.description)} autosize minRows={3} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            {...input('months')}
            inputMode="numeric"
            label={t(trainings.months)}
            description={t(trainings.monthsHint)}
          />
          <NativeSelect
            {...input('preparesFor')}
            label={t(trainings.preparesFor)}
            data={[
              { value: '', label: t(trainings.nothing) },
              { value: 'FACILITATOR', label: t(trainings.FACILITATOR) },
              { value: 'TRAINER', label: t(trainings.TRAINER) },
            ]}
          />
        </SimpleGrid>
        {props.modules && (
          <Modules modules={draft.modules} problems={problems} change={(modules) => change({ modules })} />
        )}
        <MainAction>
          <Button type="submit" size="md" loading={sending}>
            {t(trainings.save)}
          </Button>
        </MainAction>
      </Stack>
    </form>
  );
}

function Modules(props: {
  modules: readonly ModuleDraft[];
  problems: readonly FieldProblem[];
  change: (modules: readonly ModuleDraft[]) => void;
}): ReactNode {
  const { modules, problems, change } = props;
  const put = (index: number, part: Partial<ModuleDraft>): void =>
    change(modules.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const up = (index: number): void => {
    const moved = [...modules];
    [moved[index - 1], moved[index]] = [moved[index]!, moved[index - 1]!];
    change(moved);
  };
  return (
    <Fieldset legend={t(trainings.modules)}>
      <Stack>
        {modules.map((module, index) => {
          const name = module.title || String(index + 1);
          return (
            <Stack key={index} gap="xs">
              <SimpleGrid cols={{ base: 1, xs: 2 }}>
                <TextInput
                  id={`module-${index}`}
                  label={t(trainings.module, { number: index + 1 })}
                  maxLength={200}
                  value={module.title}
                  error={problemAt(problems, `module-${index}`)}
                  onChange={(event) => put(index, { title: event.currentTarget.value })}
                />
                <TextInput
                  id={`minutes-${index}`}
                  inputMode="numeric"
                  label={t(trainings.minutes)}
                  value={module.minutes}
                  error={problemAt(problems, `minutes-${index}`)}
                  onChange={(event) => put(index, { minutes: event.currentTarget.value })}
                />
              </SimpleGrid>
              <Group>
                <Switch
                  label={t(trainings.required)}
                  checked={module.required}
                  onChange={(event) => put(index, { required: event.currentTarget.checked })}
                />
                {index > 0 && (
                  <Button
                    variant="default"
                    mih={44}
                    aria-label={t(trainings.upWhich, { name })}
                    onClick={() => up(index)}
                  >
                    {t(trainings.up)}
                  </Button>
                )}
                {modules.length > 1 && (
                  <Button
                    variant="default"
                    mih={44}
                    aria-label={t(trainings.removeWhich, { name })}
                    onClick={() => change(modules.filter((_, at) => at !== index))}
                  >
                    {t(trainings.remove)}
                  </Button>
                )}
              </Group>
            </Stack>
          );
        })}
        <Button variant="default" mih={44} onClick={() => change([...modules, emptyModule()])}>
          {t(trainings.add)}
        </Button>
      </Stack>
    </Fieldset>
  );
}
