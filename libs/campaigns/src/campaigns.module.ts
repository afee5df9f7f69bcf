import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerPersonalData } from '@unionhall/consent';
import { CampaignPages } from './campaign-pages';
import { Campaign } from './campaign.entity';
import { campaignsPersonalData } from './campaigns.personal-data';
import { CampaignsService } from './campaigns.service';
import { CommitmentsService } from './commitments.service';
import { HeardService } from './heard/heard.service';

registerPersonalData(campaignsPersonalData);

const SERVICES = [CampaignsService, CommitmentsService, CampaignPages, HeardService];

@Global()
@Module({ imports: [TypeOrmModule.forFeature([Campaign])], providers: SERVICES, exports: SERVICES })
export class CampaignsModule {}
