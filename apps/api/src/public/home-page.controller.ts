import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CampaignPages } from '@unionhall/campaigns';
import { GatheringPages } from '@unionhall/gatherings';
import { Config, type Spoken } from '@unionhall/platform';
import { Asked, html, sendPage, type AskedLanguage } from '../pages';
import { campaignList, gatheringList } from './lists';

const SHOWN = 6;
const ENGLISH = {
  title: 'A union of the people who use the platforms',
  lead: 'We listen to each other, we learn to act, and we act together: so that the companies answer to those who use them.',
  involved: 'Get involved',
  chapters: 'Find a chapter',
  ways: 'Ways in',
  member: 'Members: my page',
  organizer: 'Organizers: the console',
  door: 'At the door: check-in',
  partner: 'Partners: the desk',
};
const WORDS: Spoken<typeof ENGLISH> = {
  en: ENGLISH,
  es: {
    title: 'Una unión de la gente que usa las plataformas',
    lead: 'Nos escuchamos, aprendemos a actuar y actuamos juntas: para que las empresas respondan ante quienes las usan.',
    involved: 'Participar',
    chapters: 'Buscar una sección',
    ways: 'Entradas',
    member: 'Miembros: mi página',
    organizer: 'Quienes organizan: la consola',
    door: 'En la puerta: asistencia',
    partner: 'Organizaciones aliadas: el escritorio',
  },
};

/** The first page: what goes on, how to take part, and the ways in. */
@Controller()
export class HomePageController {
  constructor(
    private readonly campaigns: CampaignPages,
    private readonly gatherings: GatheringPages,
    private readonly config: Config,
  ) {}

  @Get()
  async show(@Asked() { language }: AskedLanguage, @Res() reply: FastifyReply): Promise<void> {
    const words = WORDS[language];
    const [campaigns, gatherings] = await Promise.all([
      this.campaigns.running(undefined, SHOWN),
      this.gatherings.upcoming(undefined, SHOWN),
    ]);
    sendPage(reply, {
      language,
      title: words.title,
      findable: { url: `${this.config.baseUrl}/`, description: words.lead },
      body: html`<p class="lead">${words.lead}</p>
        <p>
          <a class="button" href="/get-involved">${words.involved}</a>
          <a class="button plain" href="/chapters">${words.chapters}</a>
        </p>
        ${campaignList(campaigns, language)} ${gatheringList(gatherings, language)}
        <section>
          <h2>${words.ways}</h2>
          <ul class="rows">
            <li><a class="to" href="/portal">${words.member}</a></li>
            <li><a class="to" href="/console">${words.organizer}</a></li>
            <li><a class="to" href="/door">${words.door}</a></li>
            <li><a class="to" href="/desk">${words.partner}</a></li>
          </ul>
        </section>`,
    });
  }
}
