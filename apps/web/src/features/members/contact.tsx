import { Alert, Anchor, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../../app/ask';
import { t } from '../../app/i18n';
import { Failed } from '../../app/outcome';
import { graphql } from '../../graphql';
import { members } from './strings';

const CONTACT = graphql(`
  query MemberContact($id: ID!) {
    member(id: $id) {
      id
      email
      phone
    }
  }
`);

/** Contact data, shown for a reason that the member can read. */
export function Contact({ id }: { id: string }): ReactNode {
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState<string>();
  const [missing, setMissing] = useState(false);
  const contact = useQuery({
    queryKey: ['contact', id, asked],
    enabled: asked !== undefined,
    gcTime: 0,
    queryFn: ({ signal }) => ask(CONTACT, { id }, { signal, reason: asked! }),
  });
  const member = contact.data?.member;
  return (
    <Paper withBorder p="md" component="section" aria-label={t(members.contact)}>
      <Title order={2} size="h5" mb="xs">
        {t(members.contact)}
      </Title>
      {member ? (
        <Stack gap="xs">
          <Line word={t(members.email)} value={member.email} way="mailto:" />
          <Line word={t(members.phone)} value={member.phone} way="tel:" />
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setMissing(reason.trim() === '');
            if (reason.trim() !== '') setAsked(reason.trim());
          }}
        >
          <Stack gap="sm">
            <TextInput
              label={t(members.reason)}
              value={reason}
              maxLength={200}
              onChange={(event) => setReason(event.currentTarget.value)}
              error={missing && t(members.reasonMissing)}
            />
            <Group>
              <Button type="submit" variant="default" mih={44} loading={contact.isFetching}>
                {t(members.reveal)}
              </Button>
            </Group>
          </Stack>
          {contact.isError && <Failed error={contact.error} />}
          {contact.isSuccess && <Alert role="alert">{t(members.notFound)}</Alert>}
        </form>
      )}
    </Paper>
  );
}

function Line({ word, value, way }: { word: string; value: string | null; way: string }): ReactNode {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {word}
      </Text>
      {value === null ? (
        <Text>{t(members.none)}</Text>
      ) : (
        <Anchor href={`${way}${value}`} style={{ overflowWrap: 'anywhere' }}>
          {value}
        </Anchor>
      )}
    </div>
  );
}
