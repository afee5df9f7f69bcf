/** Events of members; payloads are ids. */
export const MEMBER_JOINED = 'member.joined';
export const MEMBER_UPDATED = 'member.updated';
export const MEMBER_MOVED = 'member.moved';
/** Members got a tag that they had not: `{ tagId, memberIds }`, some hundreds at most. */
export const MEMBER_TAGGED = 'member.tagged';
export const MEMBER_ERASED = 'member.erased';
