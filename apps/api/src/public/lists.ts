import type { CampaignLine } from '@unionhall/campaigns';
import type { GatheringLine } from '@unionhall/gatherings';
import type { Language, Spoken } from '@unionhall/platform';
import { html, type Html } from '../pages';
import { GATHERING_WORDS } from './gathering-words';
import { spokenMoment } from './moments';

const ENGLISH = {
  campaigns: 'Campaigns',
  noCampaigns: 'No campaign takes pledges at the moment.',
  aimedAt: 'Aimed at',
  gatherings: 'Next gatherings',
  noGatherings: 'No gathering is announced at the moment.',
};
const WORDS: Spoken<typeof ENGLISH> = {
  en: ENGLISH,
  es: {
    campaigns: 'Campañas',
    noCampaigns: 'Ahora mismo ninguna campaña admite compromisos.',
    aimedAt: 'Dirigida a',
    gatherings: 'Próximos encuentros',
    noGatherings: 'Ahora mismo no hay ningún encuentro anunciado.',
  },
};

/** Campaigns that take pledges, each with a way to its page. */
export function campaignList(campaigns: readonly CampaignLine[], language: Language): Html {
  const words = WORDS[language];
  const rows = campaigns.map(
    ({ slug, title, target }) =>
      html`<li>
        <a class="to" href="/c/${slug}">${title}</a> <span class="dim">${words.aimedAt} ${target}</span>
      </li>`,
  );
  return html`<section>
    <h2>${words.campaigns}</h2>
    ${
      rows.length === 0
        ? html`<p class="dim">${words.noCampaigns}</p>`
        : html`<ul class="rows">
            ${rows}
          </ul>`
    }
  </section>`;
}

/** Gatherings that are announced, soonest first. */
export function gatheringList(gatherings: readonly GatheringLine[], language: Language): Html {
  const words = WORDS[language];
  const rows = gatherings.map(({ id, kind, title, startsAt, timeZone, place }) => {
    const about = [GATHERING_WORDS[language][kind], spokenMoment(startsAt, timeZone, language), place];
    return html`<li>
      <a class="to" href="/g/${id}">${title}</a>
      <span class="dim">${about.filter((one) => one !== null).join(' · ')}</span>
    </li>`;
  });
  return html`<section>
    <h2>${words.gatherings}</h2>
    ${
      rows.length === 0
        ? html`<p class="dim">${words.noGatherings}</p>`
        : html`<ul class="rows">
            ${rows}
          </ul>`
    }
  </section>`;
}
