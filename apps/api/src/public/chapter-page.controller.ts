import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CampaignPages } from '@unionhall/campaigns';
import { ChapterPages } from '@unionhall/chapters';
import { GatheringPages } from '@unionhall/gatherings';
import { Config, type Spoken } from '@unionhall/platform';
import { Asked, html, pageOrRefusal, sendPage, type AskedLanguage } from '../pages';
import { sendCard } from './card';
import { campaignList, gatheringList } from './lists';

const SHOWN = 20;
const ENGLISH = {
  chapter: 'Chapter',
  all: 'Chapters',
  allLead: 'Each chapter plans its own gatherings and takes part in the campaigns of the whole union.',
  part: 'Part of',
  below: 'Chapters of',
  involved: 'Get involved here',
  describe: 'Gatherings and campaigns of',
};
const WORDS: Spoken<typeof ENGLISH> = {
  en: ENGLISH,
  es: {
    chapter: 'Sección',
    all: 'Secciones',
    allLead: 'Cada sección prevé sus propios encuentros y participa en las campañas de toda la unión.',
    part: 'Parte de',
    below: 'Secciones de',
    involved: 'Participar aquí',
    describe: 'Encuentros y campañas de',
  },
};

/** The page of each chapter, and the list of all. */
@Controller('chapters')
export class ChapterPageController {
  constructor(
    private readonly chapters: ChapterPages,
    private readonly campaigns: CampaignPages,
    private readonly gatherings: GatheringPages,
    private readonly config: Config,
  ) {}

  @Get()
  async list(@Asked() { language }: AskedLanguage, @Res() reply: FastifyReply): Promise<void> {
    const words = WORDS[language];
    const tree = await this.chapters.tree();
    sendPage(reply, {
      language,
      title: words.all,
      findable: { url: `${this.config.baseUrl}/chapters`, description: words.allLead },
      body: html`<p class="lead">${words.allLead}</p>
        <ul class="rows">
          ${tree.map(
            ({ slug, name, depth }) =>
              html`<li class="depth-${Math.min(depth, 3)}">
                <a class="to" href="/chapters/${slug}">${name}</a>
              </li>`,
          )}
        </ul>`,
    });
  }

  @Get(':slug')
  async show(
    @Param('slug') slug: string,
    @Asked() { language }: AskedLanguage,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await pageOrRefusal(language, async () => {
      const words = WORDS[language];
      const { id, name, parent, children } = await this.chapters.bySlug(slug);
      const [campaigns, gatherings] = await Promise.all([
        this.campaigns.running(id, SHOWN),
        this.gatherings.upcoming(id, SHOWN),
      ]);
      const address = `${this.config.baseUrl}/chapters/${slug}`;
      return {
        language,
        title: name,
        findable: {
          url: address,
          description: `${words.describe} ${name}.`,
          image: `${address}/card.png`,
        },
        above: html`<p class="kicker">
          ${words.chapter}
          ${parent !== null && html`· ${words.part} <a href="/chapters/${parent.slug}">${parent.name}</a>`}
        </p>`,
        body: html`<p><a class="button" href="/get-involved?chapter=${slug}">${words.involved}</a></p>
          ${gatheringList(gatherings, language)} ${campaignList(campaigns, language)}
          ${
            children.length > 0 &&
            html`<section>
              <h2>${words.below} ${name}</h2>
              <ul class="rows">
                ${children.map((one) => html`<li><a class="to" href="/chapters/${one.slug}">${one.name}</a></li>`)}
              </ul>
            </section>`
          }`,
      };
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
    const { name, parent } = await this.chapters.bySlug(slug);
    sendCard(request, reply, {
      over: WORDS[language].chapter,
      title: name,
      under: parent === null ? [] : [parent.name],
    });
  }
}
