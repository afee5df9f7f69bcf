-- What PostGraphile shows: the same columns, as views of the owner, who is not held by row-level security.
DROP SCHEMA IF EXISTS peer CASCADE;
CREATE SCHEMA peer;

CREATE VIEW peer.chapter AS SELECT id, name FROM public.chapter;
COMMENT ON VIEW peer.chapter IS E'@primaryKey id';

CREATE VIEW peer.member AS
  SELECT id, chapter_id, given_name, family_name, sort_name, status, language FROM public.member;
COMMENT ON VIEW peer.member IS
  E'@primaryKey id\n@foreignKey (chapter_id) references peer.chapter (id)|@fieldName chapter';

CREATE VIEW peer.commitment AS SELECT id, member_id, kind, status, pledged_at FROM public.commitment;
COMMENT ON VIEW peer.commitment IS
  E'@primaryKey id\n@foreignKey (member_id) references peer.member (id)|@foreignFieldName commitments';

CREATE FUNCTION peer.member_attendance_count(person peer.member) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT (SELECT count(*) FROM public.attendance a WHERE a.member_id = person.id AND a.status = 'attended')
$$;

-- `chapters` null: the whole union.
CREATE FUNCTION peer.members_found(status text, tag text, language text, chapters uuid[])
RETURNS SETOF peer.member LANGUAGE sql STABLE AS $$
  SELECT m.* FROM peer.member m
   WHERE m.status = members_found.status AND m.language = members_found.language
     AND (members_found.chapters IS NULL OR m.chapter_id = ANY (members_found.chapters))
     AND EXISTS (SELECT FROM public.member_tag mt
                  WHERE mt.tag_id = (SELECT g.id FROM public.tag g WHERE g.name = members_found.tag)
                    AND mt.chapter_id = m.chapter_id AND mt.member_id = m.id)
$$;
COMMENT ON FUNCTION peer.members_found(text, text, text, uuid[]) IS '@behavior +order';
