export {
  Campaign,
  COMMITMENT_KINDS,
  COMMITMENT_STATUSES,
  EVIDENCE_GRADES,
  RESPONSE_KINDS,
  type CommitmentKind,
  type CommitmentStatus,
  type EvidenceGrade,
  type ResponseKind,
} from './campaign.entity';
export {
  CampaignPages,
  type CampaignLine,
  type CampaignPage,
  type ShownDemand,
  type ShownResponse,
} from './campaign-pages';
export * from './campaigns.errors';
export type { CampaignCreated, CommitmentChanged } from './campaigns.events';
export { CampaignsModule } from './campaigns.module';
export { campaignsPersonalData } from './campaigns.personal-data';
export { campaignsReads } from './campaigns.reads';
export {
  CampaignsService,
  type AddResponse,
  type CreateCampaign,
  type CreatePhase,
} from './campaigns.service';
export { heardReads } from './heard/heard.reads';
export { HeardService } from './heard/heard.service';
export { CommitmentsService, type CheckIn, type Pledge } from './commitments.service';
