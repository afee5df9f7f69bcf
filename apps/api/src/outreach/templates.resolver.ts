import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '@unionhall/identity';
import { PreviewService, TemplatesService, VARIABLES } from '@unionhall/outreach';
import { Allow, CurrentActor, decodeId, readType, type Ref } from '../graphql';
import {
  CreateTemplateInput,
  PreviewTemplateInput,
  ReviewTemplateTextInput,
  SaveTemplateTextInput,
  TemplatePreview,
  TemplateTextAtInput,
  TemplateVariable,
} from './template-inputs';

@Resolver()
export class TemplatesResolver {
  constructor(
    private readonly templates: TemplatesService,
    private readonly previews: PreviewService,
  ) {}

  @Allow('outreach.run')
  @Mutation(() => readType('Template'), { description: 'A template without texts.' })
  createTemplate(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CreateTemplateInput })
    { chapterId, name, channel, purpose, idempotencyKey }: CreateTemplateInput,
  ): Promise<Ref> {
    const chapter = decodeId('Chapter', chapterId, 'input.chapterId');
    return this.templates.create(
      actor,
      { chapterId: chapter, name, channel, purpose: purpose ?? null },
      idempotencyKey,
    );
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Template'), {
    description: 'Saves a text as the next revision of its language, a draft that nobody has reviewed.',
  })
  saveTemplateText(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => SaveTemplateTextInput }) input: SaveTemplateTextInput,
  ): Promise<Ref> {
    const { language, subject, body, revision } = input;
    const templateId = templateIdOf(input);
    return this.templates.saveText(actor, {
      templateId,
      language,
      subject: subject ?? '',
      body,
      revision: revision ?? null,
    });
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Template'), { description: 'Puts a saved text before a second person.' })
  askTemplateReview(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => TemplateTextAtInput }) input: TemplateTextAtInput,
  ): Promise<Ref> {
    const { language, revision } = input;
    return this.templates.askReview(actor, { templateId: templateIdOf(input), language, revision });
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Template'), {
    description: "A second person's word on a text; whoever saved it cannot say it.",
  })
  reviewTemplateText(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => ReviewTemplateTextInput }) input: ReviewTemplateTextInput,
  ): Promise<Ref> {
    const { language, revision, approve, note } = input;
    return this.templates.review(actor, {
      templateId: templateIdOf(input),
      language,
      revision,
      approve,
      note: note ?? '',
    });
  }

  @Allow('outreach.run')
  @Mutation(() => readType('Template'), {
    description: 'Puts a template away, or takes it back; published sequences keep their words.',
  })
  archiveTemplate(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('archived', { defaultValue: true }) archived: boolean,
  ): Promise<Ref> {
    return this.templates.archive(actor, decodeId('Template', id, 'id'), archived);
  }

  @Allow('outreach.run')
  @Query(() => TemplatePreview, {
    description: 'The newest text, or one that is not saved yet, as a member would see it.',
  })
  previewTemplate(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => PreviewTemplateInput }) input: PreviewTemplateInput,
  ): Promise<TemplatePreview> {
    const { language, memberId, subject, body } = input;
    return this.previews.preview(actor, {
      templateId: templateIdOf(input),
      language,
      memberId: decodeId('Member', memberId, 'input.memberId'),
      ...(body != null && { unsaved: { subject: subject ?? '', body } }),
    });
  }

  @Allow('outreach.run')
  @Query(() => [TemplateVariable], { description: 'Everything that a text may name.' })
  templateVariables(): TemplateVariable[] {
    return Object.entries(VARIABLES).map(([name, { needs, words }]) => ({
      name,
      needsGathering: needs === 'gathering',
      en: words.en,
      es: words.es,
    }));
  }
}

const templateIdOf = ({ templateId }: { templateId: string }): string =>
  decodeId('Template', templateId, 'input.templateId');
