import { unauthenticated, type Actor } from '@unionhall/identity';
import { AppError } from '@unionhall/platform';
import { sqlState } from './errors';

/**
 * Whoever sent a request. When the database says that their rights have changed since they were
 * looked up, they are looked up once more.
 */
export class RequestActor {
  private renewed = false;

  private constructor(
    private found: Actor,
    private readonly resolve: () => Promise<Actor>,
  ) {}

  static async of(resolve: () => Promise<Actor>): Promise<RequestActor> {
    return new RequestActor(await resolve(), resolve);
  }

  get current(): Actor {
    return this.found;
  }

  /** Looks at what an operation asks for. @throws AppError AUTHZ.UNAUTHENTICATED instead of FORBIDDEN for nobody in particular. */
  plan<T>(work: (actor: Actor) => T): T {
    try {
      return work(this.found);
    } catch (error) {
      throw this.refusalOf(error);
    }
  }

  /** Runs something that may be run again: a read. @throws as `plan`. */
  async read<T>(work: (actor: Actor) => Promise<T>): Promise<T> {
    try {
      return await work(this.found);
    } catch (error) {
      if (this.renewed || sqlState(error) !== 'UH001') throw this.refusalOf(error);
      this.renewed = true;
      this.found = await this.resolve();
      return work(this.found);
    }
  }

  /** Nobody in particular is told to sign in; as a refusal like any other, since no credential of theirs has failed. */
  private refusalOf(error: unknown): unknown {
    const refused = error instanceof AppError && error.kind === 'forbidden';
    if (!refused || this.found.kind !== 'anonymous') return error;
    const { code, message } = unauthenticated();
    return new AppError('forbidden', code, message);
  }
}
