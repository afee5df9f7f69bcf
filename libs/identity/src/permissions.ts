/** Everything a grant can allow. A permission's name is part of the committed permission table. */
export const PERMISSIONS = [
  'members.read',
  'members.contact',
  'members.edit',
  'members.import',
  'chapters.edit',
  'gatherings.read',
  'gatherings.edit',
  'attendance.record',
  'listening.record',
  'listening.code',
  'campaigns.edit',
  'outreach.run',
  'partners.manage',
  'grants.manage',
  'ledger.audit',
  'personal-data.handle',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['organizer', 'facilitator', 'steward', 'admin', 'auditor'] as const;

export type Role = (typeof ROLES)[number];

/** What each role allows, inside the chapter subtree and purposes of its grant. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  organizer: [
    'members.read',
    'members.contact',
    'members.edit',
    'members.import',
    'gatherings.read',
    'gatherings.edit',
    'attendance.record',
    'listening.record',
    'listening.code',
    'campaigns.edit',
    'outreach.run',
  ],
  facilitator: ['members.read', 'gatherings.read', 'attendance.record', 'listening.record', 'listening.code'],
  steward: [
    'members.read',
    'members.contact',
    'members.edit',
    'members.import',
    'gatherings.read',
    'personal-data.handle',
  ],
  admin: PERMISSIONS,
  auditor: ['ledger.audit'],
};

/** Why personal data is being read. A grant without purposes holds for all of them. */
export const PURPOSES = [
  'organizing',
  'campaigning',
  'training',
  'stewardship',
  'audit',
  'partnership',
] as const;

export type Purpose = (typeof PURPOSES)[number];

export const isRole = (value: string): value is Role => (ROLES as readonly string[]).includes(value);

export const isPurpose = (value: string): value is Purpose => (PURPOSES as readonly string[]).includes(value);
