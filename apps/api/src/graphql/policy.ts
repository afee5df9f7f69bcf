import 'reflect-metadata';
import type { Permission } from '@unionhall/identity';

/** Words for who may call, where no permission of its own says it. */
export type PolicyWord =
  'anyone' | 'signed in' | 'self' | 'any partner' | 'row' | (string & { readonly __policy?: never });

const ALLOW = Symbol('allow');

/**
 * Declares who may call a hand-written resolver, in the words of the permission table. The service
 * below decides; this is what the table shows, and without it the schema does not build.
 */
export function Allow(policy: Permission | PolicyWord): MethodDecorator {
  return (_target, _name, descriptor: PropertyDescriptor) => {
    Reflect.defineMetadata(ALLOW, policy, descriptor.value as object);
  };
}

/** What `@Allow` says of a method; undefined when it says nothing. */
export function allowedOf(prototype: object, method: string): string | undefined {
  const value: unknown = (prototype as Record<string, unknown>)[method];
  return typeof value === 'function' ? (Reflect.getMetadata(ALLOW, value) as string | undefined) : undefined;
}
