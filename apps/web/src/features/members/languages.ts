import { i18n } from '../../app/i18n';

/** Languages to choose from; members may have others. */
export const LANGUAGES_SPOKEN = ['en', 'es', 'zh', 'vi', 'tl', 'ar', 'fr', 'ht', 'ko', 'pt', 'ru'];

/** What a language is called in ours. */
export const languageName = (tag: string): string =>
  new Intl.DisplayNames(i18n.locale.slice(0, 2), { type: 'language', fallback: 'code' }).of(tag) ?? tag;
