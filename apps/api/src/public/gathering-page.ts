import type { GatheringPage } from '@unionhall/gatherings';
import type { Language } from '@unionhall/platform';
import { errorSummary, html, type Findable, type Html, type Page } from '../pages';
import { GATHERING_WORDS } from './gathering-words';
import { spokenSpan, universalSpan } from './moments';
import { personFields, type PersonEntry } from './person-form';
import { shareLinks } from './share';

/** What who signs up may be told by mail, if its box is ticked. */
export const GATHERING_PURPOSES = ['events'] as const;

/** How a gathering shows itself where it is shared. */
export const gatheringPreview = (
  gathering: GatheringPage,
  language: Language,
  baseUrl: string,
): Findable => ({
  url: `${baseUrl}/g/${gathering.id}`,
  description: `${spokenSpan(gathering.startsAt, gathering.endsAt, gathering.timeZone, language)}. ${GATHERING_WORDS[language].describe}`,
  image: `${baseUrl}/g/${gathering.id}/card.png`,
});

/** The page of a gathering: what, when for people here and elsewhere, where, and three fields to sign up by. */
export function gatheringPage(
  gathering: GatheringPage,
  language: Language,
  findable: Findable,
  entry?: PersonEntry,
): Page {
  const words = GATHERING_WORDS[language];
  const { startsAt, endsAt, timeZone, place, online, spotsLeft } = gathering;
  const failed = entry !== undefined && Object.keys(entry.errors).length > 0;
  return {
    language,
    title: gathering.title,
    status: failed ? 422 : 200,
    failed,
    findable,
    above: html`${failed && errorSummary(entry.errors, language)}
      <p class="kicker">
        ${words[gathering.kind]} · ${words.by}
        <a href="/chapters/${gathering.chapterSlug}">${gathering.chapterName}</a>
      </p>`,
    body: html`<dl class="facts">
        <dt>${words.when}</dt>
        <dd><strong>${spokenSpan(startsAt, endsAt, timeZone, language)}</strong></dd>
        <dt>${words.elsewhere}</dt>
        <dd>${universalSpan(startsAt, endsAt, language)}</dd>
        <dt>${words.where}</dt>
        <dd>${place ?? (online ? words.online : '–')}</dd>
        ${
          spotsLeft !== null &&
          html`<dt>${words.places}</dt>
            <dd>${places(spotsLeft, language)}</dd>`
        }
      </dl>
      ${gathering.description !== '' && html`<p class="pre">${gathering.description}</p>`}
      ${standing(gathering, language, entry)} ${shareLinks(language, gathering.title, findable.url)}`,
  };
}

const places = (left: number, language: Language): string =>
  left === 0
    ? GATHERING_WORDS[language].none
    : `${new Intl.NumberFormat(language).format(left)} ${GATHERING_WORDS[language].left[left === 1 ? 'one' : 'other']}`;

function standing(gathering: GatheringPage, language: Language, entry: PersonEntry | undefined): Html {
  const words = GATHERING_WORDS[language];
  if (gathering.state === 'cancelled') return html`<p class="note warn">${words.cancelled}</p>`;
  if (gathering.over) return html`<p class="note warn">${words.over}</p>`;
  const full = gathering.spotsLeft === 0;
  return html`<section class="card">
      <h2>${words.come}</h2>
      ${full && html`<p class="note warn">${words.full}</p>`}
      <form method="post" novalidate>
        ${personFields(language, GATHERING_PURPOSES, entry)}
        <button>${full ? words.wait : words.signUp}</button>
      </form>
    </section>
    <p><a class="button plain" href="/g/${gathering.id}/calendar.ics">${words.calendar}</a></p>`;
}
