import type { RowRef } from '@unionhall/platform';
import { Actor, anonymousActor, linkActor, systemActor, type HeldGrant } from './actor';
import { covers } from './grants.service';
import { permit } from './policies';

const A = '00000000-0000-7000-8000-00000000000a';
const B = '00000000-0000-7000-8000-00000000000b';
const ME = '00000000-0000-7000-8000-000000000001';

const row: RowRef = { column: (name) => `t.${name}`, param: (_value, cast) => `$1::${cast}` };
const held = (more: Partial<HeldGrant> = {}): HeldGrant => ({
  id: A,
  role: 'organizer',
  chapters: [A],
  purposes: [],
  ...more,
});
const user = (...grants: HeldGrant[]): Actor =>
  new Actor({ kind: 'user', purpose: 'organizing', userId: A, memberId: ME, grants });

const contact = permit({ permission: 'members.contact', chapter: 'chapter_id', self: 'id' });

describe('permit', () => {
  it('admits rows of the chapters in reach, and the member themselves', () => {
    expect(contact.decide(user(held()), row)).toEqual({
      sql: '(t.chapter_id = ANY ((SELECT $1::uuid[])::uuid[]) OR t.id = $1::uuid)',
    });
  });

  it('admits every row to a grant over the whole union, and to the system', () => {
    expect(contact.decide(user(held({ chapters: 'all' })), row)).toBe('all');
    expect(contact.decide(systemActor('test'), row)).toBe('all');
  });

  it('admits only themselves to a member whose role does not allow it', () => {
    expect(contact.decide(user(held({ role: 'facilitator' })), row)).toEqual({ sql: 't.id = $1::uuid' });
  });

  it('admits nobody who has not said who they are, nor a link where links do not count', () => {
    expect(contact.decide(anonymousActor(), row)).toBe('none');
    expect(contact.decide(linkActor(ME, 'rsvp'), row)).toBe('none');
    expect(permit({ self: 'id', link: true }).decide(linkActor(ME, 'rsvp'), row)).toEqual({
      sql: 't.id = $1::uuid',
    });
  });

  it('ignores grants for another purpose', () => {
    expect(user(held({ purposes: ['training'] })).can('members.read')).toBe(false);
    expect(user(held({ purposes: ['organizing'] })).can('members.read')).toEqual([A]);
  });

  it('gives the same shape only to actors whose statements have the same text', () => {
    const shapes = [
      user(held()),
      user(held({ chapters: 'all' })),
      user(),
      anonymousActor(),
      linkActor(ME, 'rsvp'),
    ];
    expect(new Set(shapes.map((one) => one.shape)).size).toBe(shapes.length);
    expect(user(held({ chapters: [B] })).shape).toBe(user(held()).shape);
  });
});

describe('require', () => {
  it('tells what is forbidden everywhere from what is out of reach', () => {
    expect(() => user(held()).require('members.edit', B)).toThrow(
      expect.objectContaining({ code: 'AUTHZ.NOT_FOUND' }) as Error,
    );
    expect(() => user(held()).require('grants.manage', A)).toThrow(
      expect.objectContaining({ code: 'AUTHZ.FORBIDDEN' }) as Error,
    );
    expect(() => anonymousActor().require('members.edit', A)).toThrow(
      expect.objectContaining({ code: 'AUTHZ.UNAUTHENTICATED' }) as Error,
    );
    expect(() => user(held()).require('members.edit', A)).not.toThrow();
  });
});

describe('covers', () => {
  const admin = held({
    role: 'admin',
    chapters: [A],
    purposes: ['organizing'],
    expiresAt: new Date('2027-01-01T00:00:00Z'),
  });
  const wanted = {
    role: 'organizer' as const,
    chapterId: A,
    purposes: ['organizing'],
    expiresAt: new Date('2026-12-01T00:00:00Z'),
  };

  it('lets an admin give what they hold', () => {
    expect(covers(admin, wanted)).toBe(true);
  });

  it.each([
    ['another subtree', { ...wanted, chapterId: B }],
    ['the whole union', { ...wanted, chapterId: undefined }],
    ['every purpose', { ...wanted, purposes: [] }],
    ['a purpose of their own choice', { ...wanted, purposes: ['training'] }],
    ['a later end', { ...wanted, expiresAt: new Date('2027-06-01T00:00:00Z') }],
    ['no end', { ...wanted, expiresAt: undefined }],
  ])('refuses %s', (_name, more) => {
    expect(covers(admin, more)).toBe(false);
  });

  it('refuses everything to a role that may not give grants', () => {
    expect(covers(held({ chapters: 'all' }), { ...wanted, expiresAt: undefined })).toBe(false);
  });
});
