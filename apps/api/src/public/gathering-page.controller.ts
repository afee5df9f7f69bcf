import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatheringPages } from '@unionhall/gatherings';
import { PublicRequestsService } from '@unionhall/outreach';
import { Config } from '@unionhall/platform';
import { Asked, pageOrRefusal, sendPage, type AskedLanguage } from '../pages';
import { sendCard } from './card';
import { checkMailPage } from './check-mail';
import { GATHERING_PURPOSES, gatheringPage, gatheringPreview } from './gathering-page';
import { GATHERING_WORDS } from './gathering-words';
import { spokenMoment } from './moments';
import { readPerson, type FormBody } from './person-form';

/** The page of a listed gathering, where anyone signs up. */
@Controller('g')
export class GatheringPageController {
  constructor(
    private readonly gatherings: GatheringPages,
    private readonly requests: PublicRequestsService,
    private readonly config: Config,
  ) {}

  @Get(':id')
  async show(
    @Param('id') id: string,
    @Asked() { language }: AskedLanguage,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await pageOrRefusal(language, async () => {
      const gathering = await this.gatherings.byId(id);
      return gatheringPage(gathering, language, gatheringPreview(gathering, language, this.config.baseUrl));
    });
    sendPage(reply, page);
  }

  /** Keeps the answer until the address confirms it; says the same to everyone. */
  @Post(':id')
  async signUp(
    @Param('id') id: string,
    @Body() body: FormBody | undefined,
    @Asked() { language }: AskedLanguage,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await pageOrRefusal(language, async () => {
      const gathering = await this.gatherings.byId(id);
      const entry = readPerson(body, GATHERING_PURPOSES, language);
      const open = gathering.state === 'scheduled' && !gathering.over;
      if (Object.keys(entry.errors).length > 0 || !open)
        return gatheringPage(
          gathering,
          language,
          gatheringPreview(gathering, language, this.config.baseUrl),
          entry,
        );
      await this.requests.ask({
        kind: 'rsvp',
        subjectId: gathering.id,
        name: entry.name,
        email: entry.email,
        consents: entry.consents,
        language,
        address: request.ip,
      });
      return checkMailPage(language, entry.email, `/g/${gathering.id}`);
    });
    sendPage(reply, page);
  }

  @Get(':id/calendar.ics')
  async calendar(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const gathering = await this.gatherings.byId(id);
    await reply
      .type('text/calendar; charset=utf-8; method=PUBLISH')
      .header('content-disposition', 'attachment; filename="gathering.ics"')
      .header('cache-control', 'no-cache')
      .send(this.gatherings.calendar(gathering));
  }

  @Get(':id/card.png')
  async card(
    @Param('id') id: string,
    @Asked() { language }: AskedLanguage,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { kind, title, startsAt, timeZone, chapterName } = await this.gatherings.byId(id);
    sendCard(request, reply, {
      over: GATHERING_WORDS[language][kind],
      title,
      under: [spokenMoment(startsAt, timeZone, language), chapterName],
    });
  }
}
