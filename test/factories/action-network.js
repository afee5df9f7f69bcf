'use strict';

const GIVEN = [
  'Ana',
  'Ben',
  'Chidi',
  'Dolores',
  'Emre',
  'Fatima',
  'Grace',
  'Håkon',
  'Imani',
  'José',
  'Kenji',
  'Łucja',
  '美玲',
];
const FAMILY = [
  'Adeyemi',
  'Bianchi',
  "O'Connor",
  'Díaz',
  'Eriksson',
  'Fernandes',
  'García',
  'Haddad',
  'Ivanova',
  'Nguyễn',
  '李',
];
const CITIES = ['Oakland', 'Fresno', 'San José', 'Sacramento', 'Long Beach'];
const TAGS = ['driver', 'creator', 'speaks Spanish', 'press contact', 'July rally'];
const LINES_AT_ONCE = 500;

const HEADER =
  'uuid,first_name,last_name,email,Phone Number,can2_user_address,can2_user_city,can2_user_state,zip_code,County ,can2_user_tags,can2_subscription_status,can2_sms_status';

const person = (i) => ({
  given_name: GIVEN[i % GIVEN.length],
  family_name: `${FAMILY[(i * 7) % FAMILY.length]} ${i}`,
  email: `Person.${i}@example.org`,
  postal_code: String(90000 + (i % 6000)),
});

const isKnown = (i, { rows, known = 0 }) =>
  Math.floor(((i + 1) * known) / rows) > Math.floor((i * known) / rows);

function line(i, options) {
  const { given_name, family_name, email, postal_code } = person(i);
  const tags =
    i % 3 === 0 ? `"${TAGS[i % TAGS.length]}, ${TAGS[(i + 2) % TAGS.length]}"` : TAGS[i % TAGS.length];
  const phone = i % 2 === 0 ? `+1 415 555 01${String(i % 100).padStart(2, '0')}` : '';
  const zip = isKnown(i, options) ? String(Number(postal_code) + 1) : postal_code;
  const status = i % 40 === 0 ? 'unsubscribed' : 'subscribed';
  return `u-${i},${given_name},${family_name},${email},${phone},"${i} Main Street, Apt ${i % 9}",${CITIES[i % 5]},CA,${zip},Alameda,${tags},${status},`;
}

function* report(options) {
  let lines = [HEADER];
  for (let i = 0; i < options.rows; i++) {
    lines.push(line(i, options));
    if (lines.length < LINES_AT_ONCE) continue;
    yield `${lines.join('\r\n')}\r\n`;
    lines = [];
  }
  if (lines.length > 0) yield `${lines.join('\r\n')}\r\n`;
}

const knownPeople = (options) =>
  Array.from({ length: options.rows }, (_, i) => i)
    .filter((i) => isKnown(i, options))
    .map(person);

module.exports = { HEADER, report, knownPeople };
