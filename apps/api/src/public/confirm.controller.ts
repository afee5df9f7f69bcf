import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatheringPages, RsvpLinks } from '@unionhall/gatherings';
import {
  ConfirmationsService,
  UnsubscribeLinks,
  type Confirmed,
  type PendingRequest,
} from '@unionhall/outreach';
import { Config, languageOf, type Language } from '@unionhall/platform';
import { Asked, html, pageOrRefusal, sendPage, type AskedLanguage, type Html, type Page } from '../pages';
import { CONFIRM_WORDS } from './confirm-words';
import { shareLinks } from './share';

/** The page behind a link that confirms a request. Opening it changes nothing: mail scanners open links too. */
@Controller('confirm')
export class ConfirmController {
  constructor(
    private readonly confirmations: ConfirmationsService,
    private readonly gatherings: GatheringPages,
    private readonly rsvps: RsvpLinks,
    private readonly preferences: UnsubscribeLinks,
    private readonly config: Config,
  ) {}

  @Get(':token')
  async show(
    @Param('token') token: string,
    @Asked() asked: AskedLanguage,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await pageOrRefusal(asked.language, async () => {
      const pending = await this.confirmations.pending(token);
      return question(pending, languageFor(pending, asked));
    });
    sendPage(reply, page);
  }

  @Post(':token')
  async confirm(
    @Param('token') token: string,
    @Asked() asked: AskedLanguage,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await pageOrRefusal(asked.language, async () => {
      const confirmed = await this.confirmations.confirm({ token, address: request.ip });
      return this.receipt(confirmed, languageFor(confirmed, asked));
    });
    sendPage(reply, page);
  }

  private async receipt(confirmed: Confirmed, language: Language): Promise<Page> {
    const words = CONFIRM_WORDS[language];
    const { kind, subject, outcome } = confirmed;
    return {
      language,
      title: words.thanks,
      body: html`<p class="note" role="status">${words.outcome[kind][outcome]}</p>
        <p class="lead"><a href="${subject.path}">${subject.title}</a></p>
        ${kind === 'rsvp' && (await this.answered(confirmed, language))}
        ${kind === 'pledge' && shareLinks(language, subject.title, `${this.config.baseUrl}${subject.path}`)}
        <p><a href="${this.preferences.preferences(confirmed.memberId)}">${words.preferences}</a></p>`,
    };
  }

  private async answered({ subject, memberId }: Confirmed, language: Language): Promise<Html> {
    const words = CONFIRM_WORDS[language];
    const { endsAt } = await this.gatherings.byId(subject.id);
    return html`<p>
      <a class="button" href="${subject.path}/calendar.ics">${words.calendar}</a>
      <a class="button plain" href="${this.rsvps.address(subject.id, memberId, endsAt)}">${words.change}</a>
    </p>`;
  }
}

const languageFor = (pending: PendingRequest, asked: AskedLanguage): Language =>
  asked.chosen ?? languageOf(pending.language) ?? asked.language;

function question({ kind, subject, done }: PendingRequest, language: Language): Page {
  const words = CONFIRM_WORDS[language];
  return {
    language,
    title: words.title,
    body: done
      ? html`<p class="note" role="status">${words.outcome[kind].already}</p>
          <p class="lead"><a href="${subject.path}">${subject.title}</a></p>`
      : html`<div class="card">
          <p>${words.ask[kind]}</p>
          <p class="lead"><strong>${subject.title}</strong></p>
          <form method="post"><button>${words.confirm[kind]}</button></form>
        </div>`,
  };
}
