import type { Client } from 'pg';
import type { Model } from './model';

/** The model's tables, for the transaction at hand. */
export async function createTables(client: Client, model: Model): Promise<void> {
  for (const table of model.tables) {
    const name = `reads_${table.type.toLowerCase()}`;
    await client.query(
      `CREATE TEMP TABLE ${name} (id uuid PRIMARY KEY, owner int NOT NULL, label text COLLATE "C" NOT NULL, amount int, kind text NOT NULL, parent uuid) ON COMMIT DROP`,
    );
    await client.query(
      `INSERT INTO ${name} SELECT * FROM json_to_recordset($1) AS x(id uuid, owner int, label text, amount int, kind text, parent uuid)`,
      [JSON.stringify(table.rows)],
    );
  }
}
