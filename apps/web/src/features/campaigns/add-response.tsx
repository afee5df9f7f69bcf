import { Button, Group, Modal, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { ErrorSummary, problemAt, problemsOf, type FieldProblem } from '../../app/error-summary';
import { t } from '../../app/i18n';
import { useDraft } from '../../app/use-draft';
import { graphql } from '../../graphql';
import type { Demand } from './campaigns-query';
import { campaigns } from './campaign-strings';

const ADD = graphql(`
  mutation AddDemandResponse($input: AddDemandResponseInput!) {
    addDemandResponse(input: $input) {
      id
    }
  }
`);
const KINDS = ['DISMISSED', 'MEETING', 'AUDIT_PROMISED', 'PARTLY_CONCEDED', 'CONCEDED', 'OTHER'] as const;
type Kind = (typeof KINDS)[number];

/** Notes what the target answered to a demand. */
export function AddResponse(props: {
  slug: string;
  demand: Demand | undefined;
  close: () => void;
}): ReactNode {
  const { slug, demand, close } = props;
  return (
    <Modal
      opened={demand !== undefined}
      onClose={close}
      title={t(campaigns.addResponse)}
      closeButtonProps={{ 'aria-label': t(campaigns.close) }}
    >
      {demand !== undefined && <Form key={demand.id} slug={slug} demand={demand} close={close} />}
    </Modal>
  );
}

function Form({ slug, demand, close }: { slug: string; demand: Demand; close: () => void }): ReactNode {
  const [draft, change, forget] = useDraft(`response.${demand.id}`, {
    kind: 'MEETING' as Kind,
    happenedOn: '',
    source: '',
    note: '',
  });
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const adding = useMutation({
    mutationFn: () => ask(ADD, { input: { demandId: demand.id, ...draft } }),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['campaign', slug] });
      close();
    },
    onError: (error) => setProblems(problemsOf(error, (field) => field.split('.').at(-1))),
  });
  const input = (name: 'happenedOn' | 'source' | 'note') => ({
    id: name,
    value: draft[name],
    error: problemAt(problems, name),
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  const send = (): void => {
    const found: FieldProblem[] = [
      ...(draft.happenedOn === '' ? [{ field: 'happenedOn', message: t(campaigns.needDay) }] : []),
      ...(draft.source.trim() === '' ? [{ field: 'source', message: t(campaigns.needSource) }] : []),
    ];
    setProblems(found);
    if (found.length === 0) adding.mutate();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack>
        <ErrorSummary problems={problems} />
        <Text>{demand.wording}</Text>
        <NativeSelect
          label={t(campaigns.answer)}
          value={draft.kind}
          onChange={(event) => change({ kind: event.currentTarget.value as Kind })}
          data={KINDS.map((value) => ({ value, label: t(campaigns[value]) }))}
          data-autofocus
        />
        <TextInput {...input('happenedOn')} type="date" label={t(campaigns.day)} />
        <TextInput {...input('source')} label={t(campaigns.source)} maxLength={500} />
        <Textarea {...input('note')} label={t(campaigns.note)} autosize minRows={2} maxLength={5000} />
        <Group justify="flex-end">
          <Button type="submit" mih={44} loading={adding.isPending}>
            {t(campaigns.add)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
