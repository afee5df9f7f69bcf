import 'graphiql/graphiql.css';
import './explorer.css';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';

/** Asks as whoever is signed in in this browser; a bearer token can be set among the headers. */
const fetcher = async (request: object, options?: { headers?: Record<string, unknown> }): Promise<never> => {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(options?.headers as Record<string, string> | undefined),
    },
    body: JSON.stringify(request),
  });
  return (await answer.json()) as never;
};

const FIRST = `# Sign in first: at /console, or with the mutation signInWithPassword.
query FirstMembers {
  members(first: 5, orderBy: NAME) {
    totalCount
    nodes { givenName familyName chapter { name } attendanceCount }
  }
}
`;

createRoot(document.getElementById('root')!).render(<GraphiQL fetcher={fetcher} defaultQuery={FIRST} />);
