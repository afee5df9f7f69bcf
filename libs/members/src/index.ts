export { columnsOf, emailKeyOf, MemberChange, ProfileChange } from './member-input';
export { Member, MEMBER_STATUSES, type MemberStatus } from './member.entity';
export * from './members.errors';
export * from './members.events';
export { MembersModule } from './members.module';
export { membersReads } from './members.reads';
export { MembersService, type NewMember } from './members.service';
