/** Someone asked for a sign-in link. Payload: `{ linkId }`. */
export const SIGN_IN_LINK_REQUESTED = 'sign-in.link-requested';
