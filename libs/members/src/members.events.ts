/** Events of members; payloads are ids. */
export const MEMBER_JOINED = 'member.joined';
export const MEMBER_UPDATED = 'member.updated';
export const MEMBER_MOVED = 'member.moved';
export const MEMBER_ERASED = 'member.erased';
