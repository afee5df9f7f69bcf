import type { Client } from 'pg';

type City = readonly [name: string, slug: string, zone: string, language: string];
interface Region {
  readonly name: string;
  readonly slug: string;
  readonly zone: string;
  readonly cities: readonly City[];
}

const region = (name: string, slug: string, zone: string, cities: string): Region => ({
  name,
  slug,
  zone,
  cities: cities.split('; ').map((line) => {
    const [city = '', own = zone, language = 'en'] = line.split('|');
    const plain = city
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z]+/g, '-');
    return [city, plain, own === '' ? zone : own, language] as const;
  }),
});

const REGIONS: readonly Region[] = [
  region(
    'California',
    'california',
    'America/Los_Angeles',
    'San Francisco; Oakland; San José; Los Angeles||es; San Diego',
  ),
  region(
    'Northwest',
    'northwest',
    'America/Los_Angeles',
    'Seattle; Portland; Boise|America/Boise; Anchorage|America/Anchorage',
  ),
  region(
    'Mountain and Southwest',
    'mountain-southwest',
    'America/Denver',
    'Denver; Phoenix|America/Phoenix; Albuquerque||es; Salt Lake City; El Paso||es',
  ),
  region(
    'Midwest',
    'midwest',
    'America/Chicago',
    'Chicago; Detroit|America/Detroit; Minneapolis; St. Louis; Cleveland|America/New_York',
  ),
  region(
    'South',
    'south',
    'America/New_York',
    'Atlanta; Miami||es; Houston|America/Chicago|es; New Orleans|America/Chicago; Charlotte',
  ),
  region('Northeast', 'northeast', 'America/New_York', 'New York; Boston; Philadelphia; Washington'),
  region(
    'Global',
    'global',
    'Etc/UTC',
    'London|Europe/London; Berlin|Europe/Berlin|de; Nairobi|Africa/Nairobi; Manila|Asia/Manila',
  ),
];

/** The chapters other parts of the sample hang on. */
export interface Chapters {
  readonly union: string;
  /** The region of the sample's organizer and member. */
  readonly home: string;
  readonly homeCity: string;
  /** Where members are: the cities, larger ones more than once. */
  readonly cities: readonly string[];
}

/** One union, seven regions and 32 cities. */
export async function fillChapters(client: Client): Promise<Chapters> {
  const regions = REGIONS.map(({ name, slug, zone }) => ({ name, slug, zone }));
  const cities = REGIONS.flatMap((one) =>
    one.cities.map(([name, slug, zone, language]) => ({ name, slug, zone, language, above: one.slug })),
  );
  const union = await client.query<{ id: string }>(
    `INSERT INTO chapter (name, kind, slug, time_zone, language, path)
     VALUES ('The Facebook Users Union', 'union', 'union', 'America/Los_Angeles', 'en', '') RETURNING id`,
  );
  const root = union.rows[0]!.id;
  await client.query(
    `INSERT INTO chapter (parent_id, name, kind, slug, time_zone, language, path)
     SELECT $1, r.name, 'region', r.slug, r.zone, 'en', '' FROM json_to_recordset($2) AS r (name text, slug text, zone text)`,
    [root, JSON.stringify(regions)],
  );
  const { rows } = await client.query<{ id: string; slug: string }>(
    `INSERT INTO chapter (parent_id, name, kind, slug, time_zone, language, path)
     SELECT a.id, c.name, 'city', c.slug, c.zone, c.language, ''
       FROM json_to_recordset($1) AS c (name text, slug text, zone text, language text, above text)
       JOIN chapter a ON a.slug = c.above RETURNING id, slug`,
    [JSON.stringify(cities)],
  );
  const home = await client.query<{ id: string }>(`SELECT id FROM chapter WHERE slug = $1`, [
    REGIONS[0]!.slug,
  ]);
  const ids = cities.map((city) => rows.find((row) => row.slug === city.slug)!.id);
  return {
    union: root,
    home: home.rows[0]!.id,
    homeCity: ids[0]!,
    cities: ids.flatMap((id, index) => Array<string>(1 + ((index * 7) % 5)).fill(id)),
  };
}
