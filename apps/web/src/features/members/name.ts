/** A person's name as it is written, or their id where there is none. */
export const nameOf = (person: { id: string; givenName: string; familyName: string }): string =>
  `${person.givenName} ${person.familyName}`.trim() || person.id;
