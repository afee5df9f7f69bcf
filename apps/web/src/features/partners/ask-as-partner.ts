import { ConnectionLost, Refusal } from '../../app/ask';

export interface PartnerAnswer {
  readonly data: Record<string, unknown> | null;
  readonly extensions?: { readonly cost: number };
}

/** Sends a partner's own text with its key. @throws Refusal, ConnectionLost. */
export async function askAsPartner(
  key: string,
  query: string,
  variables: object = {},
  costOnly = false,
): Promise<PartnerAnswer> {
  const answer = await fetch('/partners/graphql', {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables, ...(costOnly ? { extensions: { costOnly } } : {}) }),
  }).catch(() => {
    throw new ConnectionLost();
  });
  const body = (await answer.json().catch(() => undefined)) as
    (PartnerAnswer & { errors?: { message: string; extensions?: { code?: string } }[] }) | undefined;
  if (body === undefined) throw new ConnectionLost();
  if (body.errors !== undefined && body.errors.length > 0)
    throw new Refusal(
      body.errors.map(({ message, extensions }) => ({ message, code: extensions?.code ?? 'UNKNOWN' })),
    );
  return body;
}
