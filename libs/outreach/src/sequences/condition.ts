/** A text for each language; `en` is the fallback. */
export type Texts = Readonly<Record<string, string>>;

export const RSVP_STATES = ['going', 'maybe', 'waitlisted', 'declined', 'cancelled', 'none'] as const;
export const ATTENDANCES = ['attended', 'no_show', 'unknown'] as const;
export const COMMITMENT_STATES = ['pledged', 'kept', 'broken', 'unknown', 'withdrawn', 'lapsed'] as const;

/** Something that is true of a person in a sequence, or is not; exactly one of its words stands in each. */
export interface Condition {
  /** Their answer to the gathering that they are here for; `none`: they have not answered. */
  readonly rsvp?: readonly (typeof RSVP_STATES)[number][];
  /** Their attendance of it; `unknown`: nobody has taken it. */
  readonly attendance?: readonly (typeof ATTENDANCES)[number][];
  /** A commitment of theirs; to one campaign, or to any. */
  readonly commitment?: {
    readonly campaignId?: string;
    readonly states: readonly (typeof COMMITMENT_STATES)[number][];
  };
  readonly tag?: string;
  /** BCP 47; `es` is also `es-MX`. */
  readonly language?: readonly string[];
  readonly memberStatus?: readonly string[];
  /** In this chapter or one below it. */
  readonly chapterId?: string;
  /** They have written back since they entered. */
  readonly replied?: true;
  readonly all?: readonly Condition[];
  readonly any?: readonly Condition[];
  readonly not?: Condition;
}

/** SQL of a condition and what it binds. Rows in scope: `e` the enrollment (or who would be), `m` the member. */
export class ConditionSql {
  readonly values: unknown[];

  /** @param before what the statement binds already. */
  constructor(before: readonly unknown[] = []) {
    this.values = [...before];
  }

  /** @throws Error for a condition without a word; definitions are checked when they are saved. */
  of(condition: Condition): string {
    const { rsvp, attendance, commitment, tag, language, memberStatus, chapterId, replied, all, any, not } =
      condition;
    if (rsvp !== undefined)
      return `coalesce((SELECT nullif(r.status, 'invited') FROM rsvp r WHERE r.gathering_id = e.gathering_id AND r.member_id = m.id), 'none') = ANY(${this.bind(rsvp)}::text[])`;
    if (attendance !== undefined)
      return `coalesce((SELECT a.status FROM attendance a WHERE a.gathering_id = e.gathering_id AND a.member_id = m.id), 'unknown') = ANY(${this.bind(attendance)}::text[])`;
    if (commitment !== undefined)
      return `EXISTS (SELECT FROM commitment k WHERE k.member_id = m.id AND k.status = ANY(${this.bind(commitment.states)}::text[])
                AND (${this.bind(commitment.campaignId ?? null)}::uuid IS NULL OR k.campaign_id = ${this.last}::uuid))`;
    if (tag !== undefined)
      return `EXISTS (SELECT FROM member_tag mt JOIN tag t ON t.id = mt.tag_id WHERE mt.member_id = m.id AND t.name = ${this.bind(tag)})`;
    if (language !== undefined)
      return `EXISTS (SELECT FROM unnest(${this.bind(language)}::text[]) l WHERE lower(m.language) = lower(l) OR lower(m.language) LIKE lower(l) || '-%')`;
    if (memberStatus !== undefined) return `m.status = ANY(${this.bind(memberStatus)}::text[])`;
    if (chapterId !== undefined)
      return `m.chapter_id IN (SELECT d.id FROM chapter a JOIN chapter d ON d.path LIKE a.path || '%' WHERE a.id = ${this.bind(chapterId)}::uuid)`;
    if (replied === true)
      return `EXISTS (SELECT FROM reply y WHERE y.member_id = m.id AND y.at >= e.enrolled_at)`;
    if (all !== undefined) return `(${all.map((one) => this.of(one)).join(' AND ') || 'true'})`;
    if (any !== undefined) return `(${any.map((one) => this.of(one)).join(' OR ') || 'false'})`;
    if (not !== undefined) return `NOT (${this.of(not)})`;
    throw new Error('A condition says nothing.');
  }

  bind(value: unknown): string {
    this.values.push(value);
    return this.last;
  }

  private get last(): string {
    return `$${this.values.length}`;
  }
}
