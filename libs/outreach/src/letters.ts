import { Injectable } from '@nestjs/common';
import type { ConsentedContact } from '@unionhall/consent';
import { gatheringCalendar, RsvpLinks } from '@unionhall/gatherings';
import { Config, type MailMessage } from '@unionhall/platform';
import { compose, spokenTime } from './message';
import type { StepConfig } from './steps';
import { UnsubscribeLinks } from './unsubscribe-links';

export interface LetterFacts {
  readonly id: string;
  readonly config: StepConfig;
  readonly chapter: string;
  readonly gathering_id: string;
  readonly uid: string;
  readonly sequence: number;
  readonly title: string;
  readonly description: string;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly time_zone: string;
  readonly place: string | null;
  readonly online_url: string | null;
  readonly gathering_state: 'draft' | 'scheduled' | 'cancelled';
  readonly updated_at: Date;
}

/** Writes the mail of one delivery: in the member's language, with its calendar entry and RFC 8058 headers. */
@Injectable()
export class Letters {
  constructor(
    private readonly config: Config,
    private readonly rsvps: RsvpLinks,
    private readonly unsubscribe: UnsubscribeLinks,
  ) {}

  write(facts: LetterFacts, contact: ConsentedContact): MailMessage {
    const step = facts.config as StepConfig & { kind: 'message' };
    const unsubscribeUrl = this.unsubscribe.address(contact.memberId);
    const rsvpUrl = this.rsvps.address(facts.gathering_id, contact.memberId, facts.ends_at);
    const letter = compose(
      step.subject,
      step.body,
      contact.language,
      {
        name: contact.givenName === '' ? contact.familyName : contact.givenName,
        title: facts.title,
        when: spokenTime(facts.starts_at, facts.time_zone, contact.language),
        place: facts.place ?? facts.online_url ?? '',
        chapter: facts.chapter,
        rsvpUrl,
      },
      unsubscribeUrl,
      facts.chapter,
      step.about !== undefined,
    );
    const method = step.about === 'cancellation' ? 'CANCEL' : step.until === 'start' ? 'REQUEST' : undefined;
    return {
      to: { name: `${contact.givenName} ${contact.familyName}`.trim(), address: contact.address },
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      messageId: `<${facts.id}@${new URL(this.config.baseUrl).hostname}>`,
      headers: {
        'List-Unsubscribe': `<${unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'Auto-Submitted': 'auto-generated',
      },
      ...(method === undefined
        ? {}
        : {
            icalEvent: {
              method,
              filename: method === 'CANCEL' ? 'cancel.ics' : 'invite.ics',
              content: this.calendar(facts, contact, rsvpUrl),
            },
          }),
    };
  }

  private calendar(facts: LetterFacts, contact: ConsentedContact, url: string): string {
    return gatheringCalendar(
      {
        uid: facts.uid,
        sequence: facts.sequence,
        title: facts.title,
        description: facts.description,
        startsAt: facts.starts_at,
        endsAt: facts.ends_at,
        timeZone: facts.time_zone,
        place: facts.place,
        onlineUrl: facts.online_url,
        state: facts.gathering_state,
        updatedAt: facts.updated_at,
      },
      {
        organizer: {
          name: facts.chapter,
          email: /<([^>]+)>/.exec(this.config.mailFrom)?.[1] ?? this.config.mailFrom,
        },
        attendee: { name: `${contact.givenName} ${contact.familyName}`.trim(), email: contact.address },
        url,
      },
    );
  }
}
