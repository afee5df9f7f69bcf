import type { Actor } from '@unionhall/identity';
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

  /** Runs something that may be run again: a read. */
  async read<T>(work: (actor: Actor) => Promise<T>): Promise<T> {
    try {
      return await work(this.found);
    } catch (error) {
      if (this.renewed || sqlState(error) !== 'UH001') throw error;
      this.renewed = true;
      this.found = await this.resolve();
      return work(this.found);
    }
  }
}
