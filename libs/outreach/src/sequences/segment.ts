/** Who is meant: a chapter with all below it, and further conditions that must all hold. */
export interface Segment {
  readonly chapterId: string;
  readonly language?: string | null;
  readonly tag?: string | null;
  readonly status?: string | null;
}

/** The members of a segment: `$1` to `$4` of `segmentValues` stand from `$at` on. @param member alias of the member's row. */
export const inSegment = (member: string, at: number): string => `
  ${member}.erased_at IS NULL
  AND ${member}.chapter_id IN (SELECT d.id FROM chapter a JOIN chapter d ON d.path LIKE a.path || '%' WHERE a.id = $${at}::uuid)
  AND ($${at + 1}::text IS NULL OR ${member}.language = $${at + 1})
  AND ($${at + 2}::text IS NULL OR ${member}.status = $${at + 2})
  AND ($${at + 3}::text IS NULL OR EXISTS (
    SELECT FROM member_tag mt JOIN tag t ON t.id = mt.tag_id WHERE mt.member_id = ${member}.id AND t.name = $${at + 3}))`;

export const segmentValues = ({ chapterId, language, status, tag }: Segment): unknown[] => [
  chapterId,
  language ?? null,
  status ?? null,
  tag ?? null,
];

/** The same for the segment that a sequence keeps. @param segment SQL of it, as jsonb. */
export const inKeptSegment = (member: string, segment: string): string => `
  ${member}.erased_at IS NULL
  AND EXISTS (SELECT FROM chapter a JOIN chapter d ON d.path LIKE a.path || '%'
               WHERE a.id = (${segment}->>'chapterId')::uuid AND d.id = ${member}.chapter_id)
  AND (${segment}->>'language' IS NULL OR ${member}.language = ${segment}->>'language')
  AND (${segment}->>'status' IS NULL OR ${member}.status = ${segment}->>'status')
  AND (${segment}->>'tag' IS NULL OR EXISTS (
    SELECT FROM member_tag mt JOIN tag t ON t.id = mt.tag_id WHERE mt.member_id = ${member}.id AND t.name = ${segment}->>'tag'))`;
