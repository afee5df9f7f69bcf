import { ConnectionLost, Refusal } from './ask';
import { t } from './i18n';
import { words } from './words';

/** What failed, in words a person can act on. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof ConnectionLost) return t(words.lost);
  if (error instanceof Refusal)
    return error.code === 'AUTHZ.UNAUTHENTICATED' ? t(words.ended) : error.message;
  return t(words.failed);
};
