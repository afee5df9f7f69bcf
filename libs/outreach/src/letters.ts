import { Injectable } from '@nestjs/common';
import type { ConsentedContact } from '@unionhall/consent';
import { gatheringCalendarForMany, RsvpLinks, type CalendarForAttendees } from '@unionhall/gatherings';
import { Config, readyMail, type ReadyMail } from '@unionhall/platform';
import { kept } from './kept';
import { spokenTime, wordsOf } from './message';
import type { StepConfig } from './steps';
import type { Values } from './templates/variables';
import { Wording } from './templates/wording';
import { UnsubscribeLinks } from './unsubscribe-links';

export interface LetterFacts extends Partial<Nullable<GatheringFacts>> {
  readonly id: string;
  readonly step_id: string;
  readonly config: StepConfig;
  readonly chapter: string;
  readonly sequence_title: string;
  readonly purpose?: string;
  /** Of a message that is about a campaign. */
  readonly campaign_title?: string | null;
  readonly campaign_slug?: string | null;
}

type Nullable<T> = { readonly [K in keyof T]: T[K] | null };

/** Of a message that is about a gathering. */
interface GatheringFacts {
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
  private readonly host: string;
  private readonly calendars = new Map<string, CalendarForAttendees>();
  private readonly times = new Map<string, string>();

  constructor(
    private readonly config: Config,
    private readonly rsvps: RsvpLinks,
    private readonly unsubscribe: UnsubscribeLinks,
    private readonly wording: Wording,
  ) {
    this.host = new URL(config.baseUrl).hostname;
  }

  write(facts: LetterFacts, contact: ConsentedContact): ReadyMail {
    const step = facts.config as StepConfig & { kind: 'message' };
    const values = this.values(facts, contact);
    const gathering = gatheringOf(facts);
    const why = { purpose: facts.purpose, aboutGathering: gathering !== undefined };
    const letter = this.wording.kept(facts.step_id, contact.language, () =>
      wordsOf(step.subject, step.body, why, contact.language),
    )(values);
    const method = step.about === 'cancellation' ? 'CANCEL' : step.until === 'start' ? 'REQUEST' : undefined;
    const name = `${contact.givenName} ${contact.familyName}`.trim();
    return readyMail({
      from: this.config.mailFrom,
      to: { name, address: contact.address },
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      messageId: `<${facts.id}@${this.host}>`,
      date: new Date(),
      headers: {
        'List-Unsubscribe': `<${values['unsubscribeUrl']!}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'Auto-Submitted': 'auto-generated',
      },
      ...(method !== undefined &&
        gathering !== undefined && {
          calendar: {
            method,
            filename: method === 'CANCEL' ? 'cancel.ics' : 'invite.ics',
            content: this.calendar(gathering, facts.chapter)(
              { name, email: contact.address },
              values['rsvpUrl']!,
            ),
          },
        }),
    });
  }

  /** What the words may name; what belongs to a gathering or a campaign is there only with one. */
  values(facts: LetterFacts, contact: ConsentedContact): Values {
    const gathering = gatheringOf(facts);
    return {
      name: contact.givenName === '' ? contact.familyName : contact.givenName,
      givenName: orNull(contact.givenName),
      familyName: orNull(contact.familyName),
      chapter: facts.chapter,
      union: facts.chapter,
      sequence: facts.sequence_title,
      portalUrl: `${this.config.baseUrl}/portal`,
      unsubscribeUrl: this.unsubscribe.address(contact.memberId),
      ...(gathering && {
        title: gathering.title,
        when: this.when(gathering, contact.language),
        place: orNull(gathering.place ?? gathering.online_url ?? ''),
        rsvpUrl: this.rsvps.address(gathering.gathering_id, contact.memberId, gathering.ends_at),
      }),
      ...(facts.campaign_slug != null && {
        campaign: facts.campaign_title!,
        pledgeUrl: `${this.config.baseUrl}/c/${facts.campaign_slug}`,
      }),
    };
  }

  private when(gathering: GatheringFacts, language: string): string {
    const { starts_at: startsAt, time_zone: timeZone } = gathering;
    return kept(this.times, `${startsAt.getTime()} ${timeZone} ${language}`, () =>
      spokenTime(startsAt, timeZone, language),
    );
  }

  /** The entry of a gathering as it stands now, for everyone who is written to about it. */
  private calendar(facts: GatheringFacts, chapter: string): CalendarForAttendees {
    const { gathering_id: id, sequence, gathering_state: state, updated_at: updatedAt } = facts;
    return kept(this.calendars, `${id} ${sequence} ${state} ${updatedAt.getTime()} ${chapter}`, () =>
      gatheringCalendarForMany(
        {
          uid: facts.uid,
          sequence,
          title: facts.title,
          description: facts.description,
          startsAt: facts.starts_at,
          endsAt: facts.ends_at,
          timeZone: facts.time_zone,
          place: facts.place,
          onlineUrl: facts.online_url,
          state,
          updatedAt,
        },
        {
          organizer: {
            name: chapter,
            email: /<([^>]+)>/.exec(this.config.mailFrom)?.[1] ?? this.config.mailFrom,
          },
        },
      ),
    );
  }
}

const orNull = (text: string): string | null => (text === '' ? null : text);

const gatheringOf = (facts: LetterFacts): GatheringFacts | undefined =>
  facts.gathering_id == null ? undefined : (facts as GatheringFacts);
