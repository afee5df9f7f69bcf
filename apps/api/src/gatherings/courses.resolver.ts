import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import {
  CertificatesService,
  CoursesService,
  QualificationsService,
  type ShownAs,
} from '@unionhall/gatherings';
import type { Actor } from '@unionhall/identity';
import { Allow, CurrentActor, decodeId, readEnum, readType, type Ref } from '../graphql';
import { GrantQualificationInput, SaveCourseInput } from './course-inputs';

@Resolver()
export class CoursesResolver {
  constructor(
    private readonly courses: CoursesService,
    private readonly certificates: CertificatesService,
    private readonly qualifications: QualificationsService,
  ) {}

  @Mutation(() => readType('Course'), { description: 'Drafts a course, or changes one.' })
  @Allow('gatherings.edit')
  async saveCourse(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => SaveCourseInput }) input: SaveCourseInput,
  ): Promise<Ref> {
    const { courseId, chapterId, requires } = input;
    const id = await this.courses.save(actor, {
      ...input,
      courseId: courseId == null ? null : decodeId('Course', courseId, 'input.courseId'),
      chapterId: chapterId == null ? null : decodeId('Chapter', chapterId, 'input.chapterId'),
      requires: requires?.map((one, index) => decodeId('Course', one, `input.requires.${index}`)) ?? null,
    });
    return { id };
  }

  @Mutation(() => readType('Course'), { description: 'From now on it can be taught, and its modules stay.' })
  @Allow('gatherings.edit')
  async openCourse(
    @CurrentActor() actor: Actor,
    @Args('courseId', { type: () => ID }) given: string,
  ): Promise<Ref> {
    const id = decodeId('Course', given, 'courseId');
    await this.courses.open(actor, id);
    return { id };
  }

  @Mutation(() => readType('Course'), { description: 'It is no longer taught; certificates of it stand.' })
  @Allow('gatherings.edit')
  async retireCourse(
    @CurrentActor() actor: Actor,
    @Args('courseId', { type: () => ID }) given: string,
  ): Promise<Ref> {
    const id = decodeId('Course', given, 'courseId');
    await this.courses.retire(actor, id);
    return { id };
  }

  @Mutation(() => readType('Gathering'), { description: 'Says which modules a training teaches, whole.' })
  @Allow('gatherings.edit')
  async teachModules(
    @CurrentActor() actor: Actor,
    @Args('gatheringId', { type: () => ID }) given: string,
    @Args('moduleIds', { type: () => [ID] }) moduleIds: string[],
  ): Promise<Ref> {
    const id = decodeId('Gathering', given, 'gatheringId');
    const modules = moduleIds.map((one, index) => decodeId('CourseModule', one, `moduleIds.${index}`));
    await this.courses.teach(actor, id, modules);
    return { id };
  }

  @Mutation(() => readType('Certificate'), { description: 'A holder chooses how a certificate names them.' })
  @Allow('self')
  async showCertificateAs(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) given: string,
    @Args('shownAs', { type: () => readEnum('CertificateShownAs') }) shownAs: ShownAs,
  ): Promise<Ref> {
    const id = decodeId('Certificate', given, 'id');
    await this.certificates.showAs(actor, id, shownAs);
    return { id };
  }

  @Mutation(() => readType('Certificate'), { description: 'Takes a certificate back.' })
  @Allow('gatherings.edit')
  async revokeCertificate(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) given: string,
  ): Promise<Ref> {
    const id = decodeId('Certificate', given, 'id');
    await this.certificates.revoke(actor, id);
    return { id };
  }

  @Mutation(() => readType('Qualification'), { description: 'Somebody may lead sessions, or train others.' })
  @Allow('gatherings.edit')
  async grantQualification(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => GrantQualificationInput }) { memberId, kind }: GrantQualificationInput,
  ): Promise<Ref> {
    return {
      id: await this.qualifications.grant(actor, decodeId('Member', memberId, 'input.memberId'), kind),
    };
  }

  @Mutation(() => readType('Qualification'), { description: 'They may no longer.' })
  @Allow('gatherings.edit')
  async revokeQualification(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) given: string,
  ): Promise<Ref> {
    const id = decodeId('Qualification', given, 'id');
    await this.qualifications.revoke(actor, id);
    return { id };
  }
}
