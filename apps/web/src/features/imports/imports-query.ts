import { useQuery } from '@tanstack/react-query';
import { ask, ConnectionLost, Refusal } from '../../app/ask';
import { graphql, type ResultOf } from '../../graphql';

const RUN = graphql(`
  query ImportRun($id: ID!) {
    importRun(id: $id) {
      id
      state
      problem
      rowCount
      doneCount
      newCount
      updatedCount
      unchangedCount
      rejectedCount
      keptCount
    }
  }
`);
const ROWS = graphql(`
  query ImportRows($id: ID!, $outcome: ImportOutcome!) {
    importRun(id: $id) {
      rows(first: 50, filter: { outcome: { eq: $outcome } }) {
        nodes {
          id
          line
          givenName
          familyName
          email
          phone
          changed
          problem
          problemColumn
        }
      }
    }
  }
`);
export const COMMIT = graphql(`
  mutation CommitImport($input: CommitImportInput!) {
    commitImport(input: $input) {
      id
      state
    }
  }
`);
export const UNDO = graphql(`
  mutation UndoImport($id: ID!) {
    undoImport(id: $id) {
      id
      state
    }
  }
`);

export type Run = NonNullable<ResultOf<typeof RUN>['importRun']>;
export type Outcome = 'NEW' | 'UPDATED' | 'UNCHANGED' | 'REJECTED';

const WORKING = new Set(['COMMITTING', 'UNDOING']);
export const isWorking = (run: Run): boolean => WORKING.has(run.state);

/** An import; looked at again, often, while a worker is at it. */
export const useRun = (id: string) =>
  useQuery({
    queryKey: ['import', id],
    queryFn: async ({ signal }) => (await ask(RUN, { id }, { signal })).importRun,
    refetchInterval: ({ state }) => (state.data && isWorking(state.data) ? 500 : false),
  });

export const useRows = (id: string, outcome: Outcome, state: string) =>
  useQuery({
    queryKey: ['import-rows', id, outcome, state],
    queryFn: async ({ signal }) => (await ask(ROWS, { id, outcome }, { signal })).importRun?.rows.nodes ?? [],
  });

/** Sends a file for a look at what it would change. @throws Refusal (IMPORT.*), ConnectionLost. */
export async function upload(given: { file: File; chapterId: string; encoding?: string }): Promise<string> {
  const query = new URLSearchParams({ chapterId: given.chapterId });
  if (given.encoding !== undefined) query.set('encoding', given.encoding);
  const answer = await fetch(`/imports?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: given.file,
  }).catch(() => {
    throw new ConnectionLost();
  });
  const body = (await answer.json().catch(() => ({}))) as {
    id?: string;
    error?: { code: string; message: string; details?: { detected?: string } };
  };
  if (body.id !== undefined) return body.id;
  if (body.error === undefined) throw new ConnectionLost();
  throw new FileRefused(body.error, body.error.details?.detected);
}

/** A file was refused; `detected` is what its encoding looks like, where that was the trouble. */
export class FileRefused extends Refusal {
  constructor(
    problem: { code: string; message: string },
    readonly detected: string | undefined,
  ) {
    super([problem]);
  }
}
