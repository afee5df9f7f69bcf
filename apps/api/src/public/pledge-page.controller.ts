import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CampaignPages } from '@unionhall/campaigns';
import { PublicRequestsService } from '@unionhall/outreach';
import { Config } from '@unionhall/platform';
import { Asked, pageOrRefusal, sendPage, type AskedLanguage, type FieldErrors } from '../pages';
import { sendCard } from './card';
import { checkMailPage } from './check-mail';
import { entered, readPerson, type FormBody } from './person-form';
import { campaignPreview, PLEDGE_PURPOSES, pledgePage, type PledgeEntry } from './pledge-page';
import { PLEDGE_WORDS } from './pledge-words';

/** The page of a campaign, where anyone pledges. */
@Controller('c')
export class PledgePageController {
  constructor(
    private readonly campaigns: CampaignPages,
    private readonly requests: PublicRequestsService,
    private readonly config: Config,
  ) {}

  @Get(':slug')
  async show(
    @Param('slug') slug: string,
    @Asked() { language }: AskedLanguage,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await pageOrRefusal(language, async () => {
      const campaign = await this.campaigns.bySlug(slug);
      return pledgePage(campaign, language, campaignPreview(campaign, language, this.config.baseUrl));
    });
    sendPage(reply, page);
  }

  /** Keeps the pledge until the address confirms it; says the same to everyone. */
  @Post(':slug')
  async pledge(
    @Param('slug') slug: string,
    @Body() body: FormBody | undefined,
    @Asked() { language }: AskedLanguage,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await pageOrRefusal(language, async () => {
      const campaign = await this.campaigns.bySlug(slug);
      const person = readPerson(body, PLEDGE_PURPOSES, language);
      const only = campaign.pledgeKinds.length === 1 ? campaign.pledgeKinds[0] : undefined;
      const kind = campaign.pledgeKinds.find((one) => one === entered(body, 'kind')) ?? only;
      const errors: FieldErrors = kind === undefined ? { kind: PLEDGE_WORDS[language].noKind } : {};
      const entry: PledgeEntry = { ...person, kind: kind ?? '', errors: { ...errors, ...person.errors } };
      if (Object.keys(entry.errors).length > 0 || campaign.phase !== 'running')
        return pledgePage(
          campaign,
          language,
          campaignPreview(campaign, language, this.config.baseUrl),
          entry,
        );
      await this.requests.ask({
        kind: 'pledge',
        subjectId: campaign.id,
        choice: entry.kind,
        name: entry.name,
        email: entry.email,
        consents: entry.consents,
        language,
        address: request.ip,
      });
      return checkMailPage(language, entry.email, `/c/${campaign.slug}`);
    });
    sendPage(reply, page);
  }

  @Get(':slug/card.png')
  async card(
    @Param('slug') slug: string,
    @Asked() { language }: AskedLanguage,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { title, target, chapterName } = await this.campaigns.bySlug(slug);
    const { kicker, aimedAt } = PLEDGE_WORDS[language];
    sendCard(request, reply, { over: kicker, title, under: [`${aimedAt} ${target}`, chapterName] });
  }
}
