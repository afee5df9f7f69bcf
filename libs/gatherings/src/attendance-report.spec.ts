import fc from 'fast-check';
import { AppError } from '@unionhall/platform';
import { readAttendanceReport } from './attendance-report';
import type { ZoomPerson } from './zoom-report';

const file = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'));
const refusal = (content: Buffer): { code: string; line: unknown } => {
  try {
    readAttendanceReport(content);
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, line: error.details?.['line'] };
    throw error;
  }
  return { code: 'none', line: undefined };
};
const brief = (people: readonly ZoomPerson[]): unknown[] =>
  people.map(({ name, email, minutes }) => [name, email, minutes]);

const HEAD = [
  'Attendee Report',
  'Report Generated:,"Nov 24, 2026 09:12 AM"',
  'Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered',
  'Our data,812 3456 7890,"Nov 20, 2026 05:58 PM",95,4',
];
const HOST = [
  'Host Details,',
  'Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name',
  'Yes,Ada Hall,ada@example.org,"Nov 20, 2026 05:58 PM","Nov 20, 2026 07:33 PM",95',
];
const ATTENDEES = [
  'Attendee Details,',
  'Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest',
  'Yes,Bo Reyes,Bo,Reyes,bo@example.org,11/01/2026 10:00:00,approved,11/20/2026 18:00:00,11/20/2026 18:30:00,30,Yes',
  'Yes,Bo Reyes,Bo,Reyes,bo@example.org,11/01/2026 10:00:00,approved,11/20/2026 18:20:00,11/20/2026 19:00:00,40,Yes',
  'No,Cy Lund,Cy,Lund,cy@example.org,11/02/2026 10:00:00,approved,--,--,--,--',
  'Yes,iPhone (Dee Okoro),--,--,--,--,--,11/20/2026 18:10:00,11/20/2026 18:40:00,30,Yes',
];

describe('the report of a webinar', () => {
  it('counts who was there, table by table, with short lines, dashes, and two ways to write a time', () => {
    const report = readAttendanceReport(file(...HEAD, ...HOST, ...ATTENDEES));
    expect(report).toMatchObject({ source: 'zoom', meetingId: '81234567890', topic: 'Our data' });
    expect(brief(report.people)).toEqual([
      ['Ada Hall', 'ada@example.org', 95],
      ['Bo Reyes', 'bo@example.org', 60],
      ['iPhone (Dee Okoro)', null, 30],
    ]);
    expect(report.people[2]!.names).toEqual(['Dee Okoro', 'iPhone']);
  });

  it('merges somebody who was a panelist and an attendee', () => {
    const panel = [
      'Panelist Details,',
      HOST[1]!,
      'Yes,Bo Reyes,bo@example.org,"Nov 20, 2026 06:50 PM","Nov 20, 2026 07:20 PM",30,No,US',
    ];
    const { people } = readAttendanceReport(file(...HEAD, ...panel, ...ATTENDEES));
    expect(people.find(({ email }) => email === 'bo@example.org')).toMatchObject({
      minutes: 80,
      lines: [7, 10, 11],
    });
  });

  it('is refused where it cannot be read, by its line', () => {
    expect(refusal(file(...HEAD, ...HOST, ...ATTENDEES.slice(0, 2), `${ATTENDEES[2]!},x,y,z`))).toEqual({
      code: 'ZOOM_REPORT.RAGGED',
      line: 10,
    });
    expect(refusal(file(...HEAD, ...HOST.slice(0, 2), 'Yes,Ada,ada@example.org,soon,"later",1')).code).toBe(
      'ZOOM_REPORT.BAD_TIME',
    );
    expect(refusal(file(...HEAD, 'Attendee Details,', 'Name,Shoe size', 'Bo,42')).code).toBe(
      'ZOOM_REPORT.NOT_A_REPORT',
    );
    expect(refusal(file(...HEAD, ...ATTENDEES.slice(0, 2), ATTENDEES[4]!)).code).toBe('ZOOM_REPORT.EMPTY');
    expect(refusal(file(...HEAD, `${HOST[0]!}\0`)).code).toBe('ZOOM_REPORT.NUL_BYTE');
  });
});

const COLUMNS =
  'Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Group,Order Type,Currency,Total Paid,Fees Paid,Eventbrite Fees,Eventbrite Payment Processing,Attendee Status,Home City';
const ticket = (order: number, first: string, last: string, email: string, status: string): string =>
  `${order},11/29/24 22:28,${first},${last},${email},1,,General,${order}00,,Free Order,USD,0.00,0.00,0.00,0.00,${status},Oakland`;

describe('the attendee report of Eventbrite', () => {
  it('counts those who were checked in, for no certain time', () => {
    const report = readAttendanceReport(
      file(
        COLUMNS,
        ticket(1, 'Ada', 'Hall', 'ada@example.org', 'Checked In'),
        ticket(2, 'Bo', 'Reyes', 'bo@example.org', 'Attending'),
        ticket(3, 'Cy', 'Lund', 'cy@example.org', 'Teleported'),
      ),
    );
    expect(report.source).toBe('import');
    expect(brief(report.people)).toEqual([['Ada Hall', 'ada@example.org', null]]);
  });

  it('takes nobody for the one who ordered for several', () => {
    const { people } = readAttendanceReport(
      file(
        COLUMNS,
        ticket(1, 'Ada', 'Hall', 'ada@example.org', 'Checked In'),
        ticket(1, 'Bo', 'Reyes', 'ada@example.org', 'Checked In'),
        ticket(2, 'Cy', 'Lund', 'cy@example.org', 'Checked In'),
        ticket(3, 'Cy', 'Lund', 'CY@example.org', 'Checked In'),
      ),
    );
    expect(brief(people)).toEqual([
      ['Ada Hall', null, null],
      ['Bo Reyes', null, null],
      ['Cy Lund', 'CY@example.org', null],
    ]);
    expect(people[2]!.lines).toEqual([4, 5]);
  });

  it('is refused by its line, or when it says of nobody that they came', () => {
    expect(refusal(file(COLUMNS, '1,2,3'))).toEqual({ code: 'ZOOM_REPORT.RAGGED', line: 2 });
    expect(refusal(file(COLUMNS, ticket(1, 'Bo', 'Reyes', 'bo@example.org', 'Attending'))).code).toBe(
      'ZOOM_REPORT.EMPTY',
    );
    expect(refusal(file(COLUMNS, ticket(1, '', '', '', 'Checked In')))).toEqual({
      code: 'ZOOM_REPORT.NOBODY',
      line: 2,
    });
  });
});

it('a report in any state of damage is read or refused with a code, and nothing else', () => {
  const whole = [...HEAD, ...HOST, ...ATTENDEES].join('\n');
  const tickets = [COLUMNS, ticket(1, 'Ada', 'Hall', 'ada@example.org', 'Checked In')].join('\n');
  fc.assert(
    fc.property(
      fc.constantFrom(whole, tickets),
      fc.nat(),
      fc.nat(40),
      fc.string({ maxLength: 20 }),
      (text, at, cut, put) => {
        const where = at % text.length;
        const { code } = refusal(Buffer.from(text.slice(0, where) + put + text.slice(where + cut)));
        expect(code).toMatch(/^(none|ZOOM_REPORT\.[A-Z_]+)$/);
      },
    ),
    { numRuns: 500 },
  );
});
