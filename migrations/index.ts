import { applyMigrations } from '@unionhall/platform';
import { Platform1767225600000 } from './1767225600000-platform';
import { Identity1767225610000 } from './1767225610000-identity';
import { Chapters1767225620000 } from './1767225620000-chapters';
import { Consent1767225630000 } from './1767225630000-consent';
import { Members1767225640000 } from './1767225640000-members';
import { Gatherings1767225650000 } from './1767225650000-gatherings';
import { Campaigns1767225660000 } from './1767225660000-campaigns';
import { Outreach1767225670000 } from './1767225670000-outreach';
import { Partners1767225680000 } from './1767225680000-partners';
import { Imports1767225700000 } from './1767225700000-imports';
import { ReadPlans1767225710000 } from './1767225710000-read-plans';
import { LeanBind1767225711000 } from './1767225711000-lean-bind';
import { ServiceNotices1767225720000 } from './1767225720000-service-notices';
import { ChapterMemberCounts1767225730000 } from './1767225730000-chapter-member-counts';
import { PublicRequests1767225750000 } from './1767225750000-public-requests';
import { PartnerUsage1767225770000 } from './1767225770000-partner-usage';
import { SequencePlaces1767225780000 } from './1767225780000-sequence-places';
import { Registry1767225790000 } from './1767225790000-registry';
import { DeliveryAttempts1767225800000 } from './1767225800000-delivery-attempts';
import { SequenceVersions1767225810000 } from './1767225810000-sequence-versions';
import { Channels1767225830000 } from './1767225830000-channels';
import { Tasks1767225840000 } from './1767225840000-tasks';
import { DeliveryNews1767225855000 } from './1767225855000-delivery-news';
import { Templates1767225870000 } from './1767225870000-templates';
import { Actions1767225880000 } from './1767225880000-actions';
import { Webhooks1767225882000 } from './1767225882000-webhooks';
import { SameAddress1767225885000 } from './1767225885000-same-address';
import { SendPace1767225895000 } from './1767225895000-send-pace';
import { AttendanceNudge1767225897000 } from './1767225897000-attendance-nudge';
import { Series1767225900000 } from './1767225900000-series';
import { ChangeNotices1767225905000 } from './1767225905000-change-notices';
import { CalendarFeeds1767225907000 } from './1767225907000-calendar-feeds';
import { Planning1767225908000 } from './1767225908000-planning';
import { Listening1767225910000 } from './1767225910000-listening';
import { Places1767225930000 } from './1767225930000-places';
import { PlaceNotices1767225935000 } from './1767225935000-place-notices';
import { Trainings1767225940000 } from './1767225940000-trainings';
import { CertificateNotices1767225945000 } from './1767225945000-certificate-notices';

/** One line of history, oldest first. A migration that has landed is never edited. */
export const migrations = [
  Platform1767225600000,
  Identity1767225610000,
  Chapters1767225620000,
  Consent1767225630000,
  Members1767225640000,
  Gatherings1767225650000,
  Campaigns1767225660000,
  Outreach1767225670000,
  Partners1767225680000,
  Imports1767225700000,
  ReadPlans1767225710000,
  LeanBind1767225711000,
  ServiceNotices1767225720000,
  ChapterMemberCounts1767225730000,
  PublicRequests1767225750000,
  PartnerUsage1767225770000,
  SequencePlaces1767225780000,
  Registry1767225790000,
  DeliveryAttempts1767225800000,
  SequenceVersions1767225810000,
  Channels1767225830000,
  Tasks1767225840000,
  DeliveryNews1767225855000,
  Templates1767225870000,
  Actions1767225880000,
  Webhooks1767225882000,
  SameAddress1767225885000,
  SendPace1767225895000,
  AttendanceNudge1767225897000,
  Series1767225900000,
  ChangeNotices1767225905000,
  CalendarFeeds1767225907000,
  Planning1767225908000,
  Listening1767225910000,
  Places1767225930000,
  PlaceNotices1767225935000,
  Trainings1767225940000,
  CertificateNotices1767225945000,
];

/** Brings the database of `databaseUrl` (its owner) up to date; gives the number of migrations that ran. */
export function runMigrations(databaseUrl: string, log: (line: string) => void): Promise<number> {
  return applyMigrations(databaseUrl, migrations, log);
}
