import type { DomainEvent } from '@unionhall/platform';

export type CommitmentChanged = DomainEvent<{
  commitmentId: string;
  campaignId: string;
  memberId: string;
  status: string;
  /** Null for a new pledge. */
  previous: string | null;
}>;

export const commitmentChanged = (payload: CommitmentChanged['payload']): CommitmentChanged => ({
  type: 'commitment.changed',
  payload,
});

export type CampaignCreated = DomainEvent<{ campaignId: string; chapterId: string }>;

export const campaignCreated = (payload: CampaignCreated['payload']): CampaignCreated => ({
  type: 'campaign.created',
  payload,
});
