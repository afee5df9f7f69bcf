// The ceiling: node:http, pg, and one hand-written named statement for each query, whose JSON text is sent as it comes.
import http from 'node:http';
import { pg } from './settings.mjs';

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: Number(process.env.DATABASE_POOL),
  options: '-c TimeZone=UTC',
});

const MEMBER = `json_build_object('id', m.id, 'givenName', m.given_name, 'familyName', m.family_name, 'status', m.status,
  'chapter', (SELECT json_build_object('id', c.id, 'name', c.name) FROM chapter c WHERE c.id = m.chapter_id),
  'commitments', (SELECT coalesce(json_agg(json_build_object('id', k.id, 'kind', k.kind, 'status', k.status,
      'pledgedAt', k.pledged_at)), '[]')
    FROM (SELECT id, kind, status, pledged_at FROM commitment k WHERE k.member_id = m.id
           ORDER BY pledged_at DESC, id DESC LIMIT 3) k),
  'attendanceCount', (SELECT count(*) FROM attendance a WHERE a.member_id = m.id AND a.status = 'attended'))`;

const page = (after) => `SELECT json_build_object(
    'nodes', coalesce(json_agg(${MEMBER}) FILTER (WHERE n <= 50), '[]'), 'hasNextPage', count(*) > 50,
    'end', (array_agg(json_build_array(m.sort_name, m.id)) FILTER (WHERE n <= 50))[(count(*) FILTER (WHERE n <= 50))])::text AS j
  FROM (SELECT m.*, row_number() OVER () AS n FROM (
    SELECT id, given_name, family_name, status, chapter_id, sort_name FROM member m
     WHERE m.chapter_id = $1 ${after} ORDER BY m.sort_name, m.id LIMIT 51) m) m`;

// Found once, then counted and paged.
const search = (scope) => `WITH found AS MATERIALIZED (
    SELECT m.id, m.sort_name FROM member m WHERE m.status = $1 AND m.language = $3 ${scope}
       AND EXISTS (SELECT FROM member_tag t WHERE t.tag_id = (SELECT g.id FROM tag g WHERE g.name = $2)
         AND t.chapter_id = m.chapter_id AND t.member_id = m.id))
  SELECT json_build_object('totalCount', (SELECT count(*) FROM found), 'nodes', (
    SELECT coalesce(json_agg(json_build_object('id', m.id, 'givenName', m.given_name, 'familyName', m.family_name)), '[]')
      FROM (SELECT m.id, m.given_name, m.family_name
              FROM (SELECT id FROM found ORDER BY sort_name, id LIMIT 50) f JOIN member m ON m.id = f.id
             ORDER BY m.sort_name, m.id) m))::text AS j`;

const statements = {
  q1: page(''),
  q1after: page('AND (m.sort_name, m.id) > ($2::text, $3::uuid)'),
  q2: `SELECT (SELECT ${MEMBER} FROM member m WHERE m.id = $1)::text AS j`,
  q3: search(''),
  q3within: search('AND m.chapter_id = ANY ($4::uuid[])'),
};

const server = http.createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (part) => (body += part));
  request.on('end', async () => {
    try {
      const { name, values } = JSON.parse(body);
      const { rows } = await pool.query({ name, text: statements[name], values });
      const text = `{"data":${rows[0].j}}`;
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(text),
      });
      response.end(text);
    } catch (error) {
      response.writeHead(500, { 'content-length': 0 }).end();
      process.stderr.write(`${error.message}\n`);
    }
  });
});
server.listen(0, '127.0.0.1', () => process.send({ type: 'ready', port: server.address().port }));
process.on('disconnect', () => process.exit());
