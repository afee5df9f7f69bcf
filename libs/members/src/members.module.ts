import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerPersonalData } from '@unionhall/consent';
import { ACCOUNT_DIRECTORY } from '@unionhall/identity';
import { ImportWorkService } from './imports/import-work.service';
import { importsPersonalData } from './imports/imports.personal-data';
import { ImportsService } from './imports/imports.service';
import { Member } from './member.entity';
import { membersPersonalData } from './members.personal-data';
import { MembersService } from './members.service';
import { TaggingService } from './tagging.service';

registerPersonalData(membersPersonalData);
registerPersonalData(importsPersonalData);

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Member])],
  providers: [
    MembersService,
    TaggingService,
    ImportsService,
    ImportWorkService,
    { provide: ACCOUNT_DIRECTORY, useExisting: MembersService },
  ],
  exports: [MembersService, TaggingService, ImportsService, ImportWorkService, ACCOUNT_DIRECTORY],
})
export class MembersModule {}
