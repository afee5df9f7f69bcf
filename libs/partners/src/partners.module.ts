import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Agreement } from './agreement.entity';
import { PartnerConsentsService } from './partner-consents.service';
import { Partner } from './partner.entity';
import './partners.personal-data';
import { PartnersService } from './partners.service';
import { PartnerUsageService } from './partner-usage.service';
import { PledgeTablesService } from './pledge-tables.service';

const services = [PartnersService, PartnerConsentsService, PledgeTablesService, PartnerUsageService];

@Global()
@Module({ imports: [TypeOrmModule.forFeature([Partner, Agreement])], providers: services, exports: services })
export class PartnersModule {}
