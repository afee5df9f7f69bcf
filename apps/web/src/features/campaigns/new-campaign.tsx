import { Button, NativeSelect, SimpleGrid, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { ErrorSummary, problemAt, problemsOf, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { MainAction } from '../../app/main-action';
import { say } from '../../app/say';
import { useDraft } from '../../app/use-draft';
import { useScope } from '../../console/scope';
import { graphql } from '../../graphql';
import { useChapters } from '../chapters/chapters';
import {
  campaignField,
  campaignInput,
  campaignProblems,
  emptyCampaign,
  slugFor,
  type CampaignDraft,
} from './campaign-draft';
import { campaigns } from './campaign-strings';
import { DemandFields, PhaseFields } from './campaign-parts';

const CREATE = graphql(`
  mutation CreateCampaign($input: CreateCampaignInput!) {
    createCampaign(input: $input) {
      id
      slug
    }
  }
`);
const ZONES = Intl.supportedValuesOf('timeZone');

/** Opens a campaign with its phases and demands. */
export function NewCampaign(): ReactNode {
  const [scope] = useScope();
  const chapters = useChapters();
  const navigate = useNavigate();
  const [draft, change, forget] = useDraft<CampaignDraft>('campaign', emptyCampaign());
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const own =
    chapters.data?.find(({ id }) => id === scope) ??
    (chapters.data?.length === 1 ? chapters.data[0] : undefined);
  useEffect(() => {
    if (own !== undefined && draft.chapterId === '') change({ chapterId: own.id, timeZone: own.timeZone });
    // Once, when the chapters are known: what is chosen afterwards stays.
  }, [own?.id]);
  const creating = useMutation({
    mutationFn: () => ask(CREATE, { input: campaignInput(draft) }),
    onSuccess: async ({ createCampaign: { slug } }) => {
      forget();
      say(t(campaigns.opened));
      await queries.invalidateQueries({ queryKey: ['campaigns'] });
      await navigate({ to: '/campaigns/$slug', params: { slug } });
    },
    onError: (error) =>
      setProblems(
        problemsOf(error, campaignField, (code) =>
          code === 'CAMPAIGN.SLUG_TAKEN' ? t(campaigns.slugTaken) : undefined,
        ),
      ),
  });
  const input = (name: 'title' | 'slug' | 'target' | 'summary' | 'startDate' | 'endDate' | 'timeZone') => ({
    id: name,
    value: draft[name],
    error: problemAt(problems, name),
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  const send = (): void => {
    const found = campaignProblems(draft);
    setProblems(found);
    if (found.length === 0) creating.mutate();
  };
  return (
    <Stack maw={640}>
      <Title order={1} size="h2">
        {t(campaigns.create)}
      </Title>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack>
          <ErrorSummary problems={problems} />
          <NativeSelect
            id="chapterId"
            label={t(campaigns.chapter)}
            value={draft.chapterId}
            error={problemAt(problems, 'chapterId')}
            onChange={(event) => {
              const chapterId = event.currentTarget.value;
              const timeZone = chapters.data?.find(({ id }) => id === chapterId)?.timeZone;
              change({ chapterId, ...(timeZone === undefined ? {} : { timeZone }) });
            }}
            data={[
              { value: '', label: t(campaigns.choose) },
              ...(chapters.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <TextInput {...input('title')} label={t(campaigns.name)} maxLength={200} />
          <TextInput
            {...input('slug')}
            label={t(campaigns.slug)}
            value={slugFor(draft)}
            maxLength={80}
            autoCapitalize="none"
            description={t(campaigns.slugHint, { address: `${window.location.host}/c/${slugFor(draft)}` })}
            styles={{ description: { overflowWrap: 'anywhere' } }}
          />
          <TextInput {...input('target')} label={t(campaigns.target)} maxLength={200} />
          <Textarea
            {...input('summary')}
            label={t(campaigns.summary)}
            autosize
            minRows={3}
            maxLength={10_000}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput {...input('startDate')} type="date" label={t(campaigns.startDate)} />
            <TextInput {...input('endDate')} type="date" label={t(campaigns.endDate)} />
          </SimpleGrid>
          <NativeSelect
            {...input('timeZone')}
            label={t(campaigns.zone)}
            data={ZONES.includes(draft.timeZone) ? ZONES : [draft.timeZone, ...ZONES]}
          />
          <DemandFields draft={draft} change={change} problems={problems} />
          <PhaseFields draft={draft} change={change} problems={problems} />
          <MainAction>
            <Button type="submit" size="md" loading={creating.isPending}>
              {t(campaigns.open)}
            </Button>
          </MainAction>
        </Stack>
      </form>
    </Stack>
  );
}
