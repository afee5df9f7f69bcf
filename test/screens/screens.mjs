/** The main screens: who looks, at which address, and what is done before the picture is taken. */
export const SCREENS = [
  { name: 'console-home', who: 'organizer', path: () => '/console' },
  { name: 'console-members', who: 'organizer', path: () => '/console/members', act: rows },
  { name: 'console-member', who: 'organizer', path: ({ member }) => `/console/members/${member}` },
  { name: 'console-chapters', who: 'organizer', path: () => '/console/chapters' },
  { name: 'console-agenda', who: 'organizer', path: () => '/console/gatherings' },
  {
    name: 'console-gathering',
    who: 'organizer',
    path: ({ gathering }) => `/console/gatherings/${gathering}`,
  },
  { name: 'console-schedule', who: 'organizer', path: () => '/console/gatherings/new' },
  { name: 'console-campaign', who: 'organizer', path: () => '/console/campaigns/seven-changes' },
  { name: 'console-inbox', who: 'organizer', path: () => '/console/inbox' },
  {
    name: 'console-sequence-editor',
    who: 'organizer',
    path: () => '/console/sequences/new',
    act: beginWithARecipe,
  },
  { name: 'portal-home', who: 'member', path: () => '/portal' },
  { name: 'portal-consents', who: 'member', path: () => '/portal/consents' },
  { name: 'portal-seen', who: 'member', path: () => '/portal/seen' },
  { name: 'door', who: 'organizer', path: ({ gathering }) => `/door#${gathering}`, act: checkTwoIn },
  { name: 'public-home', who: 'nobody', path: () => '/' },
  { name: 'public-pledge', who: 'nobody', path: () => '/c/seven-changes' },
  {
    name: 'public-gathering',
    who: 'nobody',
    path: ({ gathering }) => `/g/${gathering.replace('Gathering_', '')}`,
  },
  { name: 'desk', who: 'nobody', path: () => '/desk', act: signInAtTheDesk },
];

async function rows(page) {
  await page.getByText(/\d/).first().waitFor();
}

async function beginWithARecipe(page) {
  const recipes = page.getByLabel('Begin with');
  await recipes.locator('option').nth(1).waitFor({ state: 'attached' });
  await recipes.selectOption({ index: 1 });
  await page.getByRole('button', { name: 'As a picture' }).click();
  await page.getByRole('group', { name: 'The steps in a picture' }).scrollIntoViewIfNeeded();
}

async function checkTwoIn(page) {
  await page.locator('.row').first().waitFor();
  for (let here = await page.locator('.row.here').count(); here < 2; here += 1) {
    await page.locator('button.row').first().click();
    await page.waitForFunction((count) => document.querySelectorAll('.row.here').length > count, here);
  }
}

async function signInAtTheDesk(page, { key }) {
  await page.locator('input').first().fill(key);
  await page.keyboard.press('Enter');
  await page.locator('h1').first().waitFor();
}
