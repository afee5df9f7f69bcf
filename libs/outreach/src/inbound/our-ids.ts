const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isUuid = (text: string | undefined): text is string => text !== undefined && UUID.test(text);

/**
 * The deliveries that a list of message ids (Message-ID, In-Reply-To, References) names, in its order: ids of
 * ours are `<delivery@host>`; of the others the left side may be what a mail server called our message.
 */
export function namedDeliveries(ids: string, host: string): { id?: string; providerId?: string }[] {
  return [...ids.matchAll(/<([^<>@\s\0]+)@([^<>@\s\0]+)>/g)].map(([, left = '', right = '']) =>
    right.toLowerCase() === host.toLowerCase() && isUuid(left)
      ? { id: left.toLowerCase() }
      : { providerId: left },
  );
}
