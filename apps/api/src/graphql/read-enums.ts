import { registerEnumType } from '@nestjs/graphql';

const enums = new Map<string, { readonly values: object; readonly text: string }>();

/**
 * The registered enum of a declaration, for `@Field(() => readEnum('MemberStatus'))`: upper case in
 * GraphQL, and in the code as SQL holds it, in lower case. The declaration itself gives the values.
 * @throws Error when no declaration names it, or two differ.
 */
export function readEnum(name: string, values?: readonly string[]): object {
  const known = enums.get(name);
  const text = values?.join(' ');
  if (known !== undefined) {
    if (text !== undefined && text !== known.text)
      throw new Error(`The enum ${name} is declared in two ways.`);
    return known.values;
  }
  if (values === undefined || text === undefined) throw new Error(`No declaration names an enum ${name}.`);
  const made = Object.fromEntries(values.map((value) => [value.toUpperCase(), value]));
  registerEnumType(made, { name });
  enums.set(name, { values: made, text });
  return made;
}
