/** A reason not to start (or go on) that the operator can act on. Its message is one line, shown without a stack. */
export class LaunchRefusal extends Error {
  constructor(message: string) {
    super(message.replace(/\s*\n\s*/g, ' ').trim());
    this.name = 'LaunchRefusal';
  }
}

/** What a caught value has to say, on one line. */
export function oneLine(error: unknown): string {
  if (error instanceof AggregateError && error.message === '' && error.errors.length > 0)
    return oneLine(error.errors[0]);
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.replace(/\s*\n\s*/g, ' ').trim();
}

/** The `code` of a system or protocol error (`ECONNREFUSED`, `28P01`), if it has one. */
export function errorCode(error: unknown): string | undefined {
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}
