import { AgreementService } from './agreement.service';
import { CodingService } from './coding.service';
import { QuotesService } from './quotes.service';
import { TestimonyKeys } from './testimony-keys';
import { TestimonyPages } from './testimony-pages.service';
import { TestimonyService } from './testimony.service';
import { ThemeCountsService } from './theme-counts.service';
import { ThemeSplitService } from './theme-split.service';
import { ThemesService } from './themes.service';
import { TranslationsService } from './translations.service';

export {
  AgreementService,
  type Agreement,
  type AgreementAsked,
  type CodingAgreement,
  type ThemeAgreement,
} from './agreement.service';
export {
  CodingService,
  SETTLINGS,
  type SaveCoding,
  type SettleCoding,
  type Settling,
} from './coding.service';
export { CONSENT_WORDING, CONSENT_WORDINGS } from './consent-wording';
export { agreedShare, cohensKappa, decisionsByTheme, pooled, type Decisions } from './kappa';
export * from './listening.errors';
export { listeningPersonalData } from './listening.personal-data';
export { listeningReads } from './listening.reads';
export { QuotesService, type Quote, type QuotedText, type QuotePage } from './quotes.service';
export { FEW, FEW_IN_PUBLIC, shown, shownParts, type Cell, type Shown } from './small-counts';
export { TestimonyCipher } from './testimony-cipher';
export {
  CONSENT_WAYS,
  NAMINGS,
  QUOTING,
  SHARINGS,
  type ConsentWay,
  type Naming,
  type Quoting,
  type Sharing,
  type TakeTestimony,
  type TestimonyConsent,
} from './testimony-input';
export { TestimonyKeys } from './testimony-keys';
export {
  TestimonyPages,
  type NamedTheme,
  type PageAsked,
  type ReadCoding,
  type ReadTestimony,
  type ReadText,
  type TestimonyFilter,
  type TestimonyPage,
} from './testimony-pages.service';
export { TestimonyService, type ChangeConsent } from './testimony.service';
export { ThemeCountsService, type HeardTheme, type ThemeCount } from './theme-counts.service';
export { ThemeSplitService, type SplitPart } from './theme-split.service';
export { ThemesService, type NewTheme } from './themes.service';
export { TranslationsService, type WriteText } from './translations.service';

/** What the module of gatherings provides of listening. */
export const LISTENING_SERVICES = [
  TestimonyKeys,
  TestimonyService,
  TestimonyPages,
  TranslationsService,
  QuotesService,
  ThemesService,
  ThemeSplitService,
  CodingService,
  AgreementService,
  ThemeCountsService,
];
