import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerPersonalData } from '@unionhall/consent';
import { ACCOUNT_DIRECTORY } from '@unionhall/identity';
import { Member } from './member.entity';
import { membersPersonalData } from './members.personal-data';
import { MembersService } from './members.service';

registerPersonalData(membersPersonalData);

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Member])],
  providers: [MembersService, { provide: ACCOUNT_DIRECTORY, useExisting: MembersService }],
  exports: [MembersService, ACCOUNT_DIRECTORY],
})
export class MembersModule {}
