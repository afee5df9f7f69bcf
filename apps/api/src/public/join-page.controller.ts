import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChapterPages, type ChapterLine } from '@unionhall/chapters';
import { PublicRequestsService } from '@unionhall/outreach';
import { Config, type Language, type Spoken } from '@unionhall/platform';
import {
  Asked,
  errorSummary,
  html,
  pageOrRefusal,
  selectField,
  sendPage,
  type AskedLanguage,
  type Page,
} from '../pages';
import { checkMailPage } from './check-mail';
import { entered, personFields, readPerson, type FormBody, type PersonEntry } from './person-form';

/** What who joins may be told by mail, each if its box is ticked. */
const PURPOSES = ['organizing', 'events', 'campaigns', 'newsletter'] as const;
const ENGLISH = {
  title: 'Get involved',
  lead: 'Tell us who you are and where. Your chapter writes to you about what you tick, and about nothing else.',
  chapter: 'Your chapter',
  choose: 'Choose a chapter',
  noChapter: 'Choose a chapter',
  join: 'Get involved',
};
const WORDS: Spoken<typeof ENGLISH> = {
  en: ENGLISH,
  es: {
    title: 'Participar',
    lead: 'Díganos quién es y dónde está. Su sección le escribirá sobre lo que marque, y sobre nada más.',
    chapter: 'Su sección',
    choose: 'Elija una sección',
    noChapter: 'Elija una sección',
    join: 'Participar',
  },
};

interface JoinEntry extends PersonEntry {
  readonly chapter: string;
}

/** The page where anyone joins. */
@Controller('get-involved')
export class JoinPageController {
  constructor(
    private readonly chapters: ChapterPages,
    private readonly requests: PublicRequestsService,
    private readonly config: Config,
  ) {}

  @Get()
  async show(
    @Query('chapter') chapter: unknown,
    @Asked() { language }: AskedLanguage,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const chosen = typeof chapter === 'string' ? chapter : '';
    sendPage(reply, this.page(await this.chapters.tree(), language, chosen));
  }

  /** Keeps the wish until the address confirms it; says the same to everyone. */
  @Post()
  async join(
    @Body() body: FormBody | undefined,
    @Asked() { language }: AskedLanguage,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await pageOrRefusal(language, async () => {
      const tree = await this.chapters.tree();
      const person = readPerson(body, PURPOSES, language);
      const chapter = tree.find(({ slug }) => slug === entered(body, 'chapter'));
      const errors = {
        ...person.errors,
        ...(chapter === undefined ? { chapter: WORDS[language].noChapter } : {}),
      };
      const entry: JoinEntry = { ...person, chapter: chapter?.slug ?? '', errors };
      if (chapter === undefined || Object.keys(errors).length > 0)
        return this.page(tree, language, entry.chapter, entry);
      await this.requests.ask({
        kind: 'join',
        subjectId: chapter.id,
        name: entry.name,
        email: entry.email,
        consents: entry.consents,
        language,
        address: request.ip,
      });
      return checkMailPage(language, entry.email, '/get-involved');
    });
    sendPage(reply, page);
  }

  private page(tree: readonly ChapterLine[], language: Language, chosen: string, entry?: JoinEntry): Page {
    const words = WORDS[language];
    const failed = entry !== undefined;
    return {
      language,
      title: words.title,
      status: failed ? 422 : 200,
      failed,
      findable: { url: `${this.config.baseUrl}/get-involved`, description: words.lead },
      above: failed ? errorSummary(entry.errors, language) : undefined,
      body: html`<p class="lead">${words.lead}</p>
        <form method="post" novalidate class="card">
          ${personFields(language, PURPOSES, entry)}
          ${selectField({
            name: 'chapter',
            label: words.chapter,
            options: tree.map(({ slug, name, depth }) => ({
              value: slug,
              label: `${'\u2003'.repeat(depth)}${name}`,
            })),
            value: chosen,
            empty: words.choose,
            error: entry?.errors['chapter'],
          })}
          <button>${words.join}</button>
        </form>`,
    };
  }
}
