import { Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { ErrorSummary, problemAt, problemsOf, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { useDraft } from '../../app/use-draft';
import { graphql } from '../../graphql';
import { BehindDemandOf } from '../listening/behind-demand';
import { AddResponse } from './add-response';
import { readDate } from './campaign-words';
import type { Campaign, Demand } from './campaigns-query';
import { campaigns } from './campaign-strings';

const ADD = graphql(`
  mutation AddDemand($input: AddDemandInput!) {
    addDemand(input: $input) {
      id
    }
  }
`);

/** What is demanded, and what was answered to each. */
export function Demands({ campaign }: { campaign: Campaign }): ReactNode {
  const [adding, setAdding] = useState(false);
  const [answered, setAnswered] = useState<Demand>();
  const editable = campaign.tally !== null;
  return (
    <Stack component="section">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t(campaigns.demands)}
        </Title>
        {editable && (
          <Button variant="default" mih={44} aria-expanded={adding} onClick={() => setAdding(!adding)}>
            {t(campaigns.addDemand)}
          </Button>
        )}
      </Group>
      {adding && <AddDemand campaign={campaign} done={() => setAdding(false)} />}
      {campaign.demands.nodes.length === 0 && <Text c="dimmed">{t(campaigns.noDemands)}</Text>}
      {campaign.demands.nodes.map((demand) => (
        <DemandCard
          key={demand.id}
          demand={demand}
          slug={campaign.slug}
          answer={editable ? () => setAnswered(demand) : undefined}
        />
      ))}
      <AddResponse slug={campaign.slug} demand={answered} close={() => setAnswered(undefined)} />
    </Stack>
  );
}

function DemandCard(props: { demand: Demand; slug: string; answer: (() => void) | undefined }): ReactNode {
  const { demand, slug, answer } = props;
  const responses = demand.responses.nodes;
  return (
    <Paper withBorder p="md" component="article">
      <Text fw={600}>{`${demand.ordinal}. ${demand.wording}`}</Text>
      {responses.length === 0 && <Text c="dimmed">{t(campaigns.noResponse)}</Text>}
      {responses.map(({ id, kind, happenedOn, source, note }) => (
        <div key={id}>
          <Text mt="xs">{[t(campaigns[kind]), note].filter(Boolean).join(': ')}</Text>
          <Text c="dimmed" size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t(campaigns.knownFrom, { day: readDate(happenedOn), source })}
          </Text>
        </div>
      ))}
      {answer !== undefined && (
        <Button
          mt="sm"
          variant="default"
          mih={44}
          onClick={answer}
          aria-label={t(campaigns.addResponseTo, { wording: demand.wording })}
        >
          {t(campaigns.addResponse)}
        </Button>
      )}
      <BehindDemandOf slug={slug} demand={demand} editable={answer !== undefined} />
    </Paper>
  );
}

function AddDemand({ campaign, done }: { campaign: Campaign; done: () => void }): ReactNode {
  const [draft, change, forget] = useDraft(`demand.${campaign.id}`, { wording: '' });
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const adding = useMutation({
    mutationFn: () => ask(ADD, { input: { campaignId: campaign.id, wording: draft.wording.trim() } }),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['campaign', campaign.slug] });
      done();
    },
    onError: (error) => setProblems(problemsOf(error, () => 'wording')),
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const missing = draft.wording.trim() === '';
        setProblems(missing ? [{ field: 'wording', message: t(campaigns.needWording) }] : []);
        if (!missing) adding.mutate();
      }}
    >
      <Stack>
        <ErrorSummary problems={problems} />
        <Textarea
          id="wording"
          label={t(campaigns.wording)}
          autosize
          minRows={2}
          maxLength={2000}
          value={draft.wording}
          error={problemAt(problems, 'wording')}
          onChange={(event) => change({ wording: event.currentTarget.value })}
          data-autofocus
        />
        <Group>
          <Button type="submit" mih={44} loading={adding.isPending}>
            {t(campaigns.add)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
