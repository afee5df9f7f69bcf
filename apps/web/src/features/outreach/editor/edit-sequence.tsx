import { Button, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { queries } from '../../../app/app';
import { ask } from '../../../app/ask';
import type { FieldProblem } from '../../../app/error-summary';
import { t } from '../../../app/i18n';
import { MainAction } from '../../../app/main-action';
import { Empty, Failed, Waiting } from '../../../app/outcome';
import { say } from '../../../app/say';
import { useDraft } from '../../../app/use-draft';
import { graphql, type ResultOf } from '../../../graphql';
import { outreach } from '../strings';
import { DRY_RUN, type DryRunFound } from './dry-run-query';
import { editor } from './editor-strings';
import type { People } from './publish-dialog';
import { running } from './run-strings';
import {
  fetchKept,
  formOf,
  problemIn,
  refusals,
  revisionOf,
  settingsOf,
  useKept,
  type Kept,
  type SequenceForm,
} from './sequence-form';
import { titleOf } from './step-list';
import { Writing } from './writing';

const DryRun = lazy(async () => ({ default: (await import('./dry-run')).DryRun }));
const PublishDialog = lazy(async () => ({ default: (await import('./publish-dialog')).PublishDialog }));

const SAVE = graphql(`
  mutation SaveSequenceDraft($input: SaveSequenceDraftInput!) {
    saveSequenceDraft(input: $input) {
      id
    }
  }
`);
const CHECK = graphql(`
  query SequenceProblems($id: ID!) {
    sequenceProblems(id: $id) {
      code
      place
      message
    }
  }
`);
const TRY = graphql(`
  mutation TrySequence($id: ID!) {
    trySequence(id: $id) {
      id
    }
  }
`);
const PUBLISH = graphql(`
  mutation PublishSequence($id: ID!, $people: PeopleInside!, $key: String!) {
    publishSequence(id: $id, people: $people, idempotencyKey: $key) {
      id
      state
    }
  }
`);

/** Goes on writing a draft, or the next version of what is published. */
export function EditSequence(): ReactNode {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useKept(id);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data === null) return <Empty>{t(outreach.notFound)}</Empty>;
  return <Editing key={id} kept={found.data} />;
}

/** What was found out, and where. */
interface Done {
  readonly then: Then;
  readonly dryRun?: DryRunFound;
  readonly problems?: ResultOf<typeof CHECK>['sequenceProblems'];
}

type Then = 'nothing' | 'check' | 'dry run' | 'try' | 'ask';

/** @param props.kept what one goes on from; what somebody else saves later is not written over. */
function Editing(props: { kept: Kept }): ReactNode {
  const [kept, setKept] = useState(props.kept);
  const { id } = kept;
  const navigate = useNavigate();
  const revision = revisionOf(kept);
  const [form, change, forget] = useDraft<SequenceForm>(
    `sequence.${id}.${revisionOf(props.kept)}`,
    formOf(props.kept),
  );
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [dryRun, setDryRun] = useState<DryRunFound>();
  const [asking, setAsking] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const nameOf = (at: number): string => titleOf(form.steps[at]!);
  const refused = (error: unknown): void => setProblems(refusals(error, nameOf));
  const isSaved =
    revision !== null && JSON.stringify(settingsOf(form)) === JSON.stringify(settingsOf(formOf(kept)));

  const acting = useMutation({
    mutationFn: async (then: Then): Promise<Done> => {
      setProblems([]);
      if (!isSaved) {
        await ask(SAVE, { input: { id, revision, ...settingsOf(form) } });
        forget();
        const fresh = await fetchKept(id);
        if (fresh !== null) setKept(fresh);
      }
      if (then === 'dry run') return { then, dryRun: (await ask(DRY_RUN, { id })).sequenceDryRun };
      if (then === 'try') await ask(TRY, { id });
      if (then === 'try' || then === 'nothing') return { then };
      const { sequenceProblems } = await ask(CHECK, { id });
      const asks = then === 'ask' && sequenceProblems.length === 0;
      return {
        then,
        problems: sequenceProblems,
        ...(asks ? { dryRun: (await ask(DRY_RUN, { id })).sequenceDryRun } : {}),
      };
    },
    onSuccess: async (done) => {
      if (done.then === 'nothing') say(t(editor.saved));
      if (done.dryRun !== undefined) setDryRun(done.dryRun);
      if (done.then === 'try') say(t(editor.tried));
      if (done.problems !== undefined) {
        setProblems(done.problems.map((one) => problemIn(one, nameOf)));
        if (done.problems.length === 0 && done.then === 'check') say(t(editor.ready));
        if (done.problems.length === 0 && done.then === 'ask') setAsking(true);
      }
      await queries.invalidateQueries({ queryKey: ['sequence', id] });
    },
    onError: refused,
  });
  const publishing = useMutation({
    mutationFn: (people: People) => ask(PUBLISH, { id, people, key: `${key} ${people}` }),
    onSuccess: async () => {
      forget();
      say(t(running.published));
      await queries.invalidateQueries({ queryKey: ['sequence', id] });
      await queries.invalidateQueries({ queryKey: ['sequences'] });
      await navigate({ to: '/sequences/$id', params: { id } });
    },
    onError: refused,
    onSettled: () => setAsking(false),
  });
  const act = (then: Then, word: string, main = false): ReactNode => (
    <Button
      variant={main ? 'filled' : 'default'}
      size="md"
      loading={acting.isPending && acting.variables === then}
      onClick={() => acting.mutate(then)}
    >
      {word}
    </Button>
  );
  return (
    <Stack maw={960}>
      <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
        {t(editor.editTitle, { title: kept.title })}
      </Title>
      <Text c="dimmed">{t(outreach[kept.state])}</Text>
      <Writing form={form} change={change} problems={problems} isNew={false}>
        {dryRun !== undefined && (
          <Suspense>
            <DryRun found={dryRun} />
          </Suspense>
        )}
        <MainAction>
          {act('ask', t(editor.publish), true)}
          {act('nothing', t(editor.save))}
          {act('check', t(editor.check))}
          {act('dry run', t(editor.dryRun))}
          {act('try', t(editor.tryIt))}
        </MainAction>
      </Writing>
      {asking && (
        <Suspense>
          <PublishDialog
            title={form.title}
            inside={kept.version > 0 ? kept.activeCount : 0}
            needsApproval={dryRun?.needsApproval === true && kept.version === 0}
            sending={publishing.isPending}
            close={() => setAsking(false)}
            publish={(people) => publishing.mutate(people)}
          />
        </Suspense>
      )}
    </Stack>
  );
}
