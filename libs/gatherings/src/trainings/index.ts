import type { EntityManager } from 'typeorm';
import type { Outbox } from '@unionhall/platform';
import { CertificatesService } from './certificates.service';
import { Completions } from './completions';
import { CoursesService } from './courses.service';
import { QualificationsService } from './qualifications.service';

export { CertificatesService, SHOWN_AS, type CertificatePage, type ShownAs } from './certificates.service';
export { CoursesService } from './courses.service';
export type { CourseModule, SaveCourse } from './course-input';
export { LED_BEFORE_TRAINING, RUNGS, type Rung } from './ladder';
export { QUALIFICATIONS, QualificationsService, type QualificationKind } from './qualifications.service';
export type { CertificateIssued, ModulesTaught } from './trainings.events';
export { trainingsPersonalData } from './trainings.personal-data';
export { trainingsReads } from './trainings.reads';
export { Completions } from './completions';

export const TRAININGS_SERVICES = [CoursesService, Completions, CertificatesService, QualificationsService];

/** Completion follows attendance, and what trainings teach. */
export function listenForTrainings(outbox: Outbox, completions: Completions): void {
  const hear = (
    name: string,
    event: string,
    how: (
      em: EntityManager,
      payload: { gatheringId: string; memberIds: string[]; moduleIds: string[] },
    ) => Promise<void>,
  ): void => outbox.subscribe({ name, event, handle: (em, { payload }) => how(em, payload as never) });
  hear('gatherings.complete-on-attendance', 'attendance.recorded', (em, { gatheringId, memberIds }) =>
    completions.onAttendance(em, gatheringId, memberIds),
  );
  hear('gatherings.complete-on-modules', 'modules.taught', (em, { gatheringId, moduleIds }) =>
    completions.onModules(em, gatheringId, moduleIds),
  );
}
