import { Anchor, Button, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { moment, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { words } from '../../app/words';
import { nameOf } from '../members/name';
import classes from './outreach.module.css';
import { ResolveDelivery } from './resolve-delivery';
import { SHOWN_STATES, totalOf, useDeliveries, type Sequence, type Shown } from './sequences-query';
import { reasonWords, stepName } from './step-words';
import { outreach } from './strings';

interface Choice {
  readonly stepId: string;
  readonly shown: Shown;
}

/** The messages of a step in a state, each with its person and why it was not sent. */
export function Deliveries(props: {
  sequence: Sequence;
  chosen: Choice | undefined;
  choose: (choice: Choice) => void;
}): ReactNode {
  const { sequence, chosen, choose } = props;
  const title = useRef<HTMLHeadingElement>(null);
  const messages = sequence.steps.nodes.filter(({ kind }) => kind === 'MESSAGE');
  useEffect(() => {
    if (chosen !== undefined) title.current?.focus();
  }, [chosen]);
  if (messages.length === 0) return null;
  const stepId = chosen?.stepId ?? messages[0]!.id;
  const shown = chosen?.shown ?? 'ACCEPTED';
  return (
    <Stack component="section">
      <Title order={2} size="h4" ref={title} tabIndex={-1}>
        {t(outreach.deliveries)}
      </Title>
      <Group>
        <NativeSelect
          label={t(outreach.step)}
          value={stepId}
          onChange={(event) => choose({ stepId: event.currentTarget.value, shown })}
          data={messages.map((step) => ({ value: step.id, label: stepName(step) }))}
        />
        <NativeSelect
          label={t(outreach.state)}
          value={shown}
          onChange={(event) => choose({ stepId, shown: event.currentTarget.value as Shown })}
          data={SHOWN_STATES.map((value) => ({ value, label: t(outreach[value]) }))}
        />
      </Group>
      {shown === 'UNCERTAIN' && <Text c="dimmed">{t(outreach.uncertainMeans)}</Text>}
      <List
        id={sequence.id}
        stepId={stepId}
        shown={shown}
        total={totalOf(
          messages.filter(({ id }) => id === stepId),
          shown,
        )}
      />
    </Stack>
  );
}

function List(props: { id: string; stepId: string; shown: Shown; total: number }): ReactNode {
  const found = useDeliveries(props.id, props.stepId, props.shown, props.total);
  if (found.isPending) return <Waiting rows={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const lines = found.data.pages.flatMap(({ nodes }) => nodes);
  if (lines.length === 0) return <Empty>{t(outreach.noDeliveries)}</Empty>;
  return (
    <Stack gap="xs">
      <Stack component="ul" gap={6} className={classes.list} aria-label={t(outreach.deliveries)}>
        {lines.map(({ id, reason, decidedAt, member }) => (
          <Paper key={id} withBorder px="sm" py="xs" component="li">
            <Group justify="space-between" gap="xs" mih={32}>
              {member === null ? (
                <Text>{t(outreach.nobody)}</Text>
              ) : (
                <Anchor component={Link} to="/members/$id" params={{ id: member.id } as never}>
                  {nameOf(member)}
                </Anchor>
              )}
              <Text c="dimmed" size="sm">
                {[
                  reasonWords(reason),
                  decidedAt === null ? '' : t(outreach.decided, { when: moment(decidedAt) }),
                ]
                  .filter(Boolean)
                  .join(', ')}
              </Text>
            </Group>
            {props.shown === 'UNCERTAIN' && (
              <ResolveDelivery id={id} name={member === null ? t(outreach.nobody) : nameOf(member)} />
            )}
          </Paper>
        ))}
      </Stack>
      {found.hasNextPage && (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t(words.more)}
        </Button>
      )}
    </Stack>
  );
}
