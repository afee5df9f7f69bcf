import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Finding members by status and language reads one index alone: it also holds what row-level security
 * asks of a member, and the order by name.
 */
export class ReadPlans1767225710000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX member_find ON member (chapter_id, status, language, sort_name, id) INCLUDE (erased_at);
      DROP INDEX member_filter;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX member_filter ON member (chapter_id, status, language);
      DROP INDEX member_find;
    `);
  }
}
