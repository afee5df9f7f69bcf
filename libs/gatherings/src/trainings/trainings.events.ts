import type { DomainEvent } from '@unionhall/platform';

export type ModulesTaught = DomainEvent<{ gatheringId: string; moduleIds: readonly string[] }>;
export type CertificateIssued = DomainEvent<{
  certificateId: string;
  courseId: string;
  memberId: string;
  /** The gathering whose attendance completed the course. */
  gatheringId: string;
}>;
export type LadderChanged = DomainEvent<{ memberIds: readonly string[] }>;

export const modulesTaught = (payload: ModulesTaught['payload']): ModulesTaught => ({
  type: 'modules.taught',
  payload,
});
export const certificateIssued = (payload: CertificateIssued['payload']): CertificateIssued => ({
  type: 'certificate.issued',
  payload,
});
