import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { queries } from '../../app/app';
import { ask } from '../../app/ask';
import { useChange } from '../../app/change';
import { t } from '../../app/i18n';
import { Empty, Failed, reasonOf, Waiting } from '../../app/outcome';
import { say } from '../../app/say';
import { useDraft } from '../../app/use-draft';
import { graphql, type ResultOf } from '../../graphql';
import { courseInput, emptyCourse, type CourseDraft } from './course-draft';
import { CourseForm } from './course-form';
import { trainings } from './strings';

const COURSE = graphql(`
  query Course($id: ID!) {
    course(id: $id) {
      id
      title
      description
      state
      certificateMonths
      preparesFor
      chapter {
        id
      }
      modules(first: 50) {
        nodes {
          title
          minimumMinutes
          required
        }
      }
    }
  }
`);
const SAVE = graphql(`
  mutation SaveCourse($input: SaveCourseInput!) {
    saveCourse(input: $input) {
      id
    }
  }
`);
const OPEN = graphql(`
  mutation OpenCourse($id: ID!) {
    openCourse(courseId: $id) {
      id
    }
  }
`);
const RETIRE = graphql(`
  mutation RetireCourse($id: ID!) {
    retireCourse(courseId: $id) {
      id
    }
  }
`);
type Course = NonNullable<ResultOf<typeof COURSE>['course']>;

const useSave = (draft: CourseDraft, course: Course | undefined, done: (id: string) => Promise<void>) =>
  useMutation({
    mutationFn: async () => {
      const modules = course === undefined || course.state === 'DRAFT';
      return (await ask(SAVE, { input: courseInput(draft, course?.id ?? null, modules) })).saveCourse.id;
    },
    onError: (error) => say(reasonOf(error), 'alert'),
    onSuccess: async (id) => {
      say(t(trainings.saved));
      await queries.invalidateQueries({ queryKey: ['courses'] });
      await done(id);
    },
  });

/** A course that is not there yet. */
export function NewCourse(): ReactNode {
  const navigate = useNavigate();
  const [draft, change, forget] = useDraft<CourseDraft>('course.new', emptyCourse());
  const save = useSave(draft, undefined, async (id) => {
    forget();
    await navigate({ to: '/courses/$id', params: { id } as never });
  });
  return (
    <Stack maw={640}>
      <Title order={1} size="h2">
        {t(trainings.create)}
      </Title>
      <CourseForm
        draft={draft}
        change={change}
        known={false}
        modules
        sending={save.isPending}
        send={() => save.mutate()}
      />
    </Stack>
  );
}

/** A course: changed, opened, retired. */
export function CoursePage(): ReactNode {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery({
    queryKey: ['courses', id],
    queryFn: async ({ signal }) => (await ask(COURSE, { id }, { signal })).course,
  });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data === null) return <Empty>{t(trainings.notFound)}</Empty>;
  return <Edit key={found.data.state} course={found.data} />;
}

const draftOf = (course: Course): CourseDraft => ({
  chapterId: course.chapter.id,
  title: course.title,
  description: course.description,
  months: course.certificateMonths === null ? '' : String(course.certificateMonths),
  preparesFor: course.preparesFor ?? '',
  modules: course.modules.nodes.map(({ title, minimumMinutes, required }) => ({
    title,
    minutes: minimumMinutes === null ? '' : String(minimumMinutes),
    required,
  })),
});

function Edit({ course }: { course: Course }): ReactNode {
  const { id, state } = course;
  const [draft, change, forget] = useDraft<CourseDraft>(`course.${id}`, draftOf(course));
  const save = useSave(draft, course, async () => {
    forget();
    await queries.invalidateQueries({ queryKey: ['courses', id] });
  });
  const open = useChange(OPEN, 'courses');
  const retire = useChange(RETIRE, 'courses');
  return (
    <Stack maw={640}>
      <Group justify="space-between">
        <Title order={1} size="h2">
          {course.title}
        </Title>
        <Badge size="lg" variant="default" tt="none" fw={500}>
          {t(trainings[state])}
        </Badge>
      </Group>
      {state !== 'DRAFT' && (
        <Stack component="ol" gap={4} my={0}>
          {draft.modules.map(({ title }, index) => (
            <li key={index}>{title}</li>
          ))}
        </Stack>
      )}
      <CourseForm
        draft={draft}
        change={change}
        known
        modules={state === 'DRAFT'}
        sending={save.isPending}
        send={() => save.mutate()}
      />
      {state === 'DRAFT' && (
        <div>
          <Text mb="xs">{t(trainings.openHint)}</Text>
          <Button variant="default" mih={44} loading={open.isPending} onClick={() => open.mutate({ id })}>
            {t(trainings.open)}
          </Button>
        </div>
      )}
      {state === 'OPEN' && (
        <div>
          <Button variant="default" mih={44} loading={retire.isPending} onClick={() => retire.mutate({ id })}>
            {t(trainings.retire)}
          </Button>
        </div>
      )}
    </Stack>
  );
}
