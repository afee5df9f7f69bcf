import type { CampaignPage, ShownDemand } from '@unionhall/campaigns';
import type { Language } from '@unionhall/platform';
import { errorSummary, html, selectField, type Findable, type Html, type Page } from '../pages';
import { spokenDay, spokenMoment } from './moments';
import { personFields, type PersonEntry } from './person-form';
import { PLEDGE_WORDS } from './pledge-words';
import { shareLinks } from './share';

/** What a pledge may be told by mail, if its box is ticked. */
export const PLEDGE_PURPOSES = ['campaigns'] as const;
/** Below this a count could point at people. */
const FEWEST_SHOWN = 11;

export interface PledgeEntry extends PersonEntry {
  readonly kind: string;
}

/** How a campaign shows itself where it is shared. */
export const campaignPreview = (campaign: CampaignPage, language: Language, baseUrl: string): Findable => ({
  url: `${baseUrl}/c/${campaign.slug}`,
  description: `${PLEDGE_WORDS[language].describe} ${campaign.target}.`,
  image: `${baseUrl}/c/${campaign.slug}/card.png`,
});

/** The page of a campaign: what it asks, how many have pledged, and three fields to pledge by. */
export function pledgePage(
  campaign: CampaignPage,
  language: Language,
  findable: Findable,
  entry?: PledgeEntry,
): Page {
  const words = PLEDGE_WORDS[language];
  const failed = entry !== undefined && Object.keys(entry.errors).length > 0;
  return {
    language,
    title: campaign.title,
    status: failed ? 422 : 200,
    failed,
    findable,
    above: html`${failed && errorSummary(entry.errors, language)}
      <p class="kicker">
        ${words.kicker} · ${words.chapter}
        <a href="/chapters/${campaign.chapterSlug}">${campaign.chapterName}</a>
      </p>`,
    body: html`${campaign.summary !== '' && html`<p class="lead pre">${campaign.summary}</p>`}
      <dl class="facts">
        <dt>${words.aimedAt}</dt>
        <dd><strong>${campaign.target}</strong></dd>
        <dt>${words.from}</dt>
        <dd>${spokenDay(campaign.startsAt, campaign.timeZone, language)}</dd>
        ${
          campaign.endsAt !== null &&
          html`<dt>${words.until}</dt>
            <dd>${spokenDay(campaign.endsAt, campaign.timeZone, language)}</dd>`
        }
      </dl>
      <p class="count">${counter(campaign.pledges, language)}</p>
      ${standing(campaign, language, entry)} ${demands(campaign.demands, language)}
      ${shareLinks(language, campaign.title, findable.url)}`,
  };
}

function counter(pledges: number, language: Language): Html {
  const { few, pledges: said } = PLEDGE_WORDS[language];
  const count = pledges < FEWEST_SHOWN ? few : new Intl.NumberFormat(language).format(pledges);
  return html`<strong>${count}</strong> ${said}`;
}

function standing(campaign: CampaignPage, language: Language, entry: PledgeEntry | undefined): Html {
  const words = PLEDGE_WORDS[language];
  if (campaign.phase === 'over') return html`<p class="note warn">${words.over}</p>`;
  if (campaign.phase === 'early')
    return html`<p class="note warn">
      ${words.early} ${spokenMoment(campaign.startsAt, campaign.timeZone, language)}.
    </p>`;
  const options = campaign.pledgeKinds.map((value) => ({ value, label: words.kinds[value] }));
  return html`<section class="card">
    <h2>${words.add}</h2>
    <form method="post" novalidate>
      ${
        options.length > 1
          ? selectField({
              name: 'kind',
              label: words.kind,
              options,
              value: entry?.kind,
              error: entry?.errors['kind'],
            })
          : html`<p><strong>${options[0]!.label}.</strong></p>`
      }
      ${personFields(language, PLEDGE_PURPOSES, entry)}
      <button>${words.pledge}</button>
    </form>
  </section>`;
}

function demands(all: readonly ShownDemand[], language: Language): Html {
  const words = PLEDGE_WORDS[language];
  const rows = all.map(
    ({ wording, responses }) =>
      html`<li>
        ${wording} ${responses.length === 0 && html`<span class="answer">${words.noAnswer}</span>`}
        ${responses.map(
          ({ kind, happenedOn, source, note }) =>
            html`<span class="answer"
              ><strong>${words.answers[kind]}</strong>,
              ${spokenDay(new Date(`${happenedOn}T12:00:00Z`), 'UTC', language)}. ${note} ${words.source}
              ${source}</span
            >`,
        )}
      </li>`,
  );
  return html`<section>
    <h2>${words.demands}</h2>
    ${
      rows.length === 0
        ? html`<p class="dim">${words.noDemands}</p>`
        : html`<ol class="demands">
            ${rows}
          </ol>`
    }
  </section>`;
}
