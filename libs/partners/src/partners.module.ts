import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Agreement } from './agreement.entity';
import { Partner } from './partner.entity';
import './partners.personal-data';
import { PartnersService } from './partners.service';
import { PledgeTablesService } from './pledge-tables.service';

const services = [PartnersService, PledgeTablesService];

@Global()
@Module({ imports: [TypeOrmModule.forFeature([Partner, Agreement])], providers: services, exports: services })
export class PartnersModule {}
