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
export {
  ACCESSIBILITY,
  type Accessibility,
  type GatheringDetails,
  type GatheringTimes,
} from './gathering-input';
export * from './gatherings.errors';
export type {
  AttendanceRecorded,
  GatheringCancelled,
  GatheringChanged,
  GatheringScheduled,
  PlaceOffered,
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
export { readAttendanceReport } from './attendance-report';
export { ZOOM_LIMITS, type ZoomPerson, type ZoomReport } from './zoom-report';
export {
  SeriesChanges,
  SERIES_SCOPES,
  type SeriesScope,
  type UpdateSeries,
} from './series/series-changes.service';
export { seriesReads } from './series/series.reads';
export { SERIES_LIMITS } from './series/series-rule';
export { SeriesService, type CopySeries, type ScheduleSeries } from './series/series.service';
export type { AtGap, AtOverlap, SeriesDate, SeriesTimes } from './series/series-times';
export { FEED_KINDS, FeedsService, MOST_FEEDS, type Feed, type FeedKind } from './feeds/feeds.service';
export { feedsPersonalData } from './feeds/feeds.personal-data';
export {
  FacilitatorsService,
  type AskFacilitator,
  type FacilitatorRole,
  type FacilitatorState,
} from './planning/facilitators.service';
export { OutlinesService, type SaveOutline } from './planning/outlines.service';
export { planningPersonalData } from './planning/planning.personal-data';
export { planningReads } from './planning/planning.reads';
export { END_OFFERS, SETTLE_ATTENDANCE, SWEEP_CERTIFICATES } from './gatherings.jobs';
export { GraceService } from './places/grace.service';
export { ADMISSIONS, type Admission } from './places/hall';
export { MOST_INVITED, PlacesService } from './places/places.service';
export * from './trainings';
export {
  TURNOUT_BY,
  TurnoutService,
  type AskTurnout,
  type TurnoutBy,
  type TurnoutLine,
} from './reporting/turnout.service';
