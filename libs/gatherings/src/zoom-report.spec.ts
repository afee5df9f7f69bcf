import type { AppError } from '@unionhall/platform';
import { readAttendanceReport } from './attendance-report';

const STAYS = 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)';
const TOTALS = 'Name (Original Name),User Email,Total Duration (Minutes),Guest';
const file = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n') + '\r\n');

function refusal(content: Buffer, encoding?: string): AppError {
  try {
    readAttendanceReport(content, encoding);
  } catch (error) {
    return error as AppError;
  }
  throw new Error('the report was taken');
}

describe('a Zoom meeting report', () => {
  it('merges the stays of someone who rejoins, counting overlapping devices once', () => {
    const { people } = readAttendanceReport(
      file(
        STAYS,
        'Ann Lee,Ann@Example.org,11/24/2026 06:00:00 PM,11/24/2026 06:30:00 PM,30',
        'Ann Lee,ann@example.org,11/24/2026 06:20:00 PM,11/24/2026 06:50:00 PM,30',
        'Ann Lee,ann@example.org,11/24/2026 07:00:00 PM,11/24/2026 07:05:00 PM,5',
      ),
    );
    expect(people).toHaveLength(1);
    expect(people[0]).toMatchObject({ key: 'email:ann@example.org', minutes: 55, lines: [2, 3, 4] });
  });

  it('reads totals and guests without an email', () => {
    const { people, firstJoins } = readAttendanceReport(
      file(TOTALS, 'Ann Lee,ann@example.org,57,No', 'iPhone (Brian Smith),,12,Yes'),
    );
    expect(firstJoins).toEqual([]);
    expect(people.map(({ email, minutes, names }) => ({ email, minutes, names }))).toEqual([
      { email: 'ann@example.org', minutes: 57, names: ['Ann Lee'] },
      { email: null, minutes: 12, names: ['Brian Smith', 'iPhone'] },
    ]);
  });

  it('reads the block that may stand before it', () => {
    const report = readAttendanceReport(
      file(
        'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants',
        '812 3456 7890,"Rights, and how to use them",11/24/2026 06:00:00 PM,11/24/2026 07:00:00 PM,host@example.org,60,1',
        '',
        TOTALS,
        'Ann Lee,ann@example.org,57,No',
      ),
    );
    expect(report).toMatchObject({ meetingId: '81234567890', topic: 'Rights, and how to use them' });
    expect(report.people[0]!.lines).toEqual([5]);
  });

  it('finds columns by name, in any order and case, among unknown ones', () => {
    const { people } = readAttendanceReport(
      file(
        ' user email ,Mood,TOTAL duration (minutes),NAME (original name)',
        'ann@example.org,fine,9,Ann Lee',
      ),
    );
    expect(people[0]).toMatchObject({ name: 'Ann Lee', email: 'ann@example.org', minutes: 9 });
  });

  it('reads UTF-16 by its mark and other encodings only when they are stated', () => {
    const text = `${TOTALS}\r\nJosé,,5,Yes\r\n`;
    expect(readAttendanceReport(Buffer.from(`\ufeff${text}`, 'utf16le')).people[0]!.name).toBe('José');
    expect(refusal(Buffer.from(text, 'latin1')).code).toBe('ZOOM_REPORT.ENCODING');
    expect(readAttendanceReport(Buffer.from(text, 'latin1'), 'windows-1252').people[0]!.name).toBe('José');
  });

  it.each([
    ['a NUL byte', file(TOTALS, 'Ann Lee,ann@exa\0mple.org,57,No'), 'ZOOM_REPORT.NUL_BYTE', 2],
    [
      'a line too short',
      file(TOTALS, 'Ann Lee,ann@example.org,57,No', 'Bob Ray,57'),
      'ZOOM_REPORT.RAGGED',
      3,
    ],
    ['a line too long', file(TOTALS, 'Ann Lee,ann@example.org,57,No,what'), 'ZOOM_REPORT.RAGGED', 2],
    [
      'a column twice',
      file(`${TOTALS},Guest`, 'Ann Lee,a@example.org,57,No,No'),
      'ZOOM_REPORT.DUPLICATE_HEADER',
      1,
    ],
    [
      'minutes that are none',
      file(TOTALS, 'Ann Lee,ann@example.org,an hour,No'),
      'ZOOM_REPORT.BAD_MINUTES',
      2,
    ],
    [
      'a time that is none',
      file(
        STAYS,
        'A,a@example.org,11/24/2026 06:00:00 PM,11/24/2026 07:00:00 PM,60',
        'B,b@example.org,later,11/24/2026 07:00:00 PM,0',
      ),
      'ZOOM_REPORT.BAD_TIME',
      3,
    ],
    [
      'leaving before joining',
      file(STAYS, 'A,a@example.org,11/24/2026 06:00:00 PM,11/24/2026 05:00:00 PM,60'),
      'ZOOM_REPORT.BAD_TIME',
      2,
    ],
    ['nobody', file(TOTALS, ',,57,No'), 'ZOOM_REPORT.NOBODY', 2],
    ['an open quote', file(TOTALS, '"Ann Lee,ann@example.org,57,No'), 'ZOOM_REPORT.NOT_CSV', 3],
    [
      'a webinar without its tables',
      file('Attendee Report', 'Topic,Webinar ID', 'Rights,812'),
      'ZOOM_REPORT.NOT_A_REPORT',
      undefined,
    ],
    ['no rows', file(TOTALS), 'ZOOM_REPORT.EMPTY', 1],
  ])('is refused with %s, naming the line', (_, content, code, line) => {
    const error = refusal(content);
    expect([error.code, error.details?.['line']]).toEqual([code, line]);
  });

  it('is refused when it is another file altogether', () => {
    expect(refusal(file('first_name,last_name,email', 'Ann,Lee,ann@example.org')).code).toBe(
      'ZOOM_REPORT.NOT_A_REPORT',
    );
    expect(refusal(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe])).code).toBe('ZOOM_REPORT.ENCODING');
    expect(refusal(Buffer.alloc(9 * 1024 * 1024, 'a')).code).toBe('ZOOM_REPORT.TOO_LARGE');
    expect(refusal(Buffer.from('a'.repeat(1_000_000))).code).toBe('ZOOM_REPORT.NOT_CSV');
  });
});
