export { AttendanceService, MAX_MARKS } from './attendance.service';
export type { AttendanceMark, AttendanceResult, TakeAttendance } from './attendance.service';
export { ATTENDANCE_STATUSES, type AttendanceSource, type AttendanceStatus } from './attendance-book';
export { GatheringPages, type GatheringLine, type GatheringPage } from './gathering-pages';
export {
  gatheringCalendar,
  gatheringCalendarForMany,
  type CalendarForAttendees,
  type CalendarGathering,
  type CalendarOptions,
} from './gathering-calendar';
export { Gathering, GATHERING_KINDS, type GatheringKind, type GatheringState } from './gathering.entity';
export type { GatheringDetails, GatheringTimes } from './gathering-input';
export * from './gatherings.errors';
export type {
  AttendanceRecorded,
  GatheringCancelled,
  GatheringChanged,
  GatheringScheduled,
  RsvpChanged,
} from './gatherings.events';
export { GatheringsModule } from './gatherings.module';
export { gatheringsPersonalData } from './gatherings.personal-data';
export { gatheringsReads } from './gatherings.reads';
export { GatheringsService, type ScheduleGathering, type UpdateGathering } from './gatherings.service';
export { instantOf, isShownTwice, type LocalTime } from './local-time';
export * from './listening';
export { RsvpLinks, type RsvpLinkTarget, type RsvpPage } from './rsvp-links';
export {
  RSVP_ANSWERS,
  RsvpsService,
  type AnswerRsvp,
  type RsvpAnswer,
  type RsvpResult,
  type RsvpStatus,
} from './rsvps.service';
export { ZoomImportService } from './zoom-import.service';
export type {
  CommitZoom,
  ZoomDecision,
  ZoomMatch,
  ZoomOptions,
  ZoomPreview,
  ZoomUnmatched,
} from './zoom-import.service';
export { readZoomReport, ZOOM_LIMITS, type ZoomPerson, type ZoomReport } from './zoom-report';
