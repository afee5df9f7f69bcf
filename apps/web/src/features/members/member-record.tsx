import { Alert, Button, Group, Paper, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../../app/ask';
import { moment, t } from '../../app/i18n';
import { Empty, Failed, Waiting } from '../../app/outcome';
import { graphql } from '../../graphql';
import { commitments } from '../campaigns/strings';
import { consents } from '../consents/strings';
import { gatherings } from '../gatherings/strings';
import { nameOf } from './members';
import { members } from './strings';

const MEMBER = graphql(`
  query MemberRecord($id: ID!) {
    member(id: $id) {
      id
      givenName
      familyName
      status
      language
      timeZone
      tags
      attendanceCount
      chapter {
        name
        timeZone
      }
      consents(first: 20) {
        nodes {
          id
          purpose
          channel
          state
          source
          at
        }
      }
      commitments(first: 10) {
        nodes {
          id
          kind
          status
          pledgedAt
          campaign {
            title
          }
        }
      }
      rsvps(first: 10) {
        nodes {
          id
          status
          at
          gathering {
            title
            startsAt
            timeZone
          }
        }
      }
    }
  }
`);
const CONTACT = graphql(`
  query MemberContact($id: ID!) {
    member(id: $id) {
      id
      email
      phone
    }
  }
`);

/** What the union knows of one member. Contact data is read apart, with a reason that the member sees. */
export function MemberRecord(): ReactNode {
  const { id } = useParams({ strict: false }) as { id: string };
  const record = useQuery({
    queryKey: ['member', id],
    queryFn: ({ signal }) => ask(MEMBER, { id }, { signal }),
  });
  if (record.isPending) return <Waiting />;
  if (record.isError) return <Failed error={record.error} retry={() => void record.refetch()} />;
  const { member } = record.data;
  if (member === null) return <Empty>{t(members.notFound)}</Empty>;
  return (
    <Stack maw={900}>
      <Title order={1} size="h2">
        {nameOf(member)}
      </Title>
      <Text>
        {[member.chapter.name, t(members[member.status]), member.language, ...(member.tags as string[])].join(
          ' · ',
        )}
      </Text>
      <Contact key={id} id={id} />
      <Part
        title={t(members.consents)}
        rows={(member.consents?.nodes ?? []).map((one) => [
          one.id,
          t(consents[one.purpose]),
          t(consents[one.channel]),
          t(consents[one.state]),
          moment(one.at),
        ])}
      />
      <Part
        title={t(members.commitments)}
        rows={member.commitments.nodes.map((one) => [
          one.id,
          one.campaign?.title ?? '',
          t(commitments[one.kind]),
          t(commitments[one.status]),
          moment(one.pledgedAt),
        ])}
      />
      <Part
        title={t(members.answers)}
        rows={member.rsvps.nodes.map(({ id: key, status, gathering }) => [
          key,
          gathering?.title ?? '',
          t(gatherings[status]),
          gathering === null ? '' : moment(gathering.startsAt, gathering.timeZone),
        ])}
      />
    </Stack>
  );
}

function Contact({ id }: { id: string }): ReactNode {
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
      {member ? (
        <Group gap="xl">
          <Text>{`${t(members.email)}: ${member.email ?? t(members.none)}`}</Text>
          <Text>{`${t(members.phone)}: ${member.phone ?? t(members.none)}`}</Text>
        </Group>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setMissing(reason.trim() === '');
            if (reason.trim() !== '') setAsked(reason.trim());
          }}
        >
          <Group align="flex-end">
            <TextInput
              flex={1}
              label={t(members.reason)}
              value={reason}
              maxLength={200}
              onChange={(event) => setReason(event.currentTarget.value)}
              error={missing && t(members.reasonMissing)}
            />
            <Button type="submit" variant="default" loading={contact.isFetching}>
              {t(members.reveal)}
            </Button>
          </Group>
          {contact.isError && <Failed error={contact.error} />}
          {contact.isSuccess && <Alert role="alert">{t(members.notFound)}</Alert>}
        </form>
      )}
    </Paper>
  );
}

/** A table of texts; the first of each row is its key. */
function Part({ title, rows }: { title: string; rows: readonly (readonly string[])[] }): ReactNode {
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      {rows.length === 0 ? (
        <Text c="dimmed">{t(members.nothing)}</Text>
      ) : (
        <Table.ScrollContainer type="native" minWidth={320} tabIndex={0} role="group" aria-label={title}>
          <Table>
            <Table.Tbody>
              {rows.map(([key, ...cells]) => (
                <Table.Tr key={key}>
                  {cells.map((cell, index) => (
                    <Table.Td key={index}>{cell}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  );
}
