import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  ActorsService,
  anonymousActor,
  isPurpose,
  unauthenticated,
  type Actor,
  type Intent,
} from '@unionhall/identity';
import { AppError, Config } from '@unionhall/platform';
import { sessionToken, setSessionCookie } from './session-cookie';
import { Strategies } from './strategies';

interface Kept {
  readonly actor: Actor;
  readonly until: number;
}

type Renewed = { readonly token: string; readonly expiresAt: Date };

const MOST_ACTORS = 5_000;
const KEPT_MS = 10_000;
const LONGEST_REASON = 900;

/**
 * Who sends a request. Actors are kept for seconds, by the hash of their token: whatever they read,
 * PostgreSQL compares their rights again at BEGIN, so a kept actor never outlives a revocation.
 */
@Injectable()
export class ActorResolver implements OnModuleInit {
  private readonly kept = new Map<string, Kept>();
  private readonly asked = new WeakSet<FastifyRequest>();
  private readonly renewed = new WeakMap<FastifyRequest, Renewed>();

  constructor(
    private readonly actors: ActorsService,
    private readonly strategies: Strategies,
    @Inject(Config) private readonly config: Config,
    private readonly host: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onSend', (request, reply, payload, done) => {
      const renewed = this.renewed.get(request);
      if (renewed !== undefined && !hasCookie(reply.getHeader('set-cookie')))
        setSessionCookie(reply, this.config, renewed);
      done(null, payload);
    });
  }

  /**
   * Asked again for the same request, it looks the actor up anew.
   * @throws AppError AUTHZ.UNAUTHENTICATED for a bearer token or key that does not hold, AUTHZ.PURPOSE.
   */
  async resolve(request: FastifyRequest, schema: 'api' | 'partners'): Promise<Actor> {
    return schema === 'partners' ? this.partner(request) : this.user(request);
  }

  private async partner(request: FastifyRequest): Promise<Actor> {
    const { ip, headers } = request;
    const key = createHash('sha256')
      .update(`partner ${headers.authorization ?? ''}`)
      .digest('base64');
    const known = this.recall(request, key);
    if (known !== undefined) return known;
    const actor = await this.strategies.partnerKey({ ip, headers });
    if (actor === undefined) throw unauthenticated();
    return this.keep(key, actor);
  }

  private async user(request: FastifyRequest): Promise<Actor> {
    const given = sessionToken(request);
    if (given === undefined) return anonymousActor();
    const intent = intentOf(request);
    const key = createHash('sha256')
      .update(JSON.stringify([given.token, intent]))
      .digest('base64');
    const known = this.recall(request, key);
    if (known !== undefined) return known;
    const found = await this.actors.ofSession(given.token, intent);
    if (found === undefined) {
      this.kept.delete(key);
      if (given.from === 'bearer') throw unauthenticated();
      return anonymousActor();
    }
    if (found.renewed !== undefined && given.from === 'cookie') this.renewed.set(request, found.renewed);
    return this.keep(key, found.actor);
  }

  /** A kept actor; not for a second look, nor for what writes (a write is not run twice). */
  private recall(request: FastifyRequest, key: string): Actor | undefined {
    const again = this.asked.has(request);
    this.asked.add(request);
    if (again || mayWrite(request.body)) return undefined;
    const known = this.kept.get(key);
    if (known === undefined || known.until < Date.now()) return undefined;
    return known.actor;
  }

  private keep(key: string, actor: Actor): Actor {
    this.kept.delete(key);
    if (this.kept.size >= MOST_ACTORS) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(key, { actor, until: Date.now() + KEPT_MS });
    return actor;
  }
}

const mayWrite = (body: unknown): boolean => {
  const query = (body as { query?: unknown } | null | undefined)?.query;
  return typeof query !== 'string' || query.includes('mutation');
};

const hasCookie = (header: unknown): boolean => JSON.stringify(header ?? '').includes('unionhall_session=');

/** For what, and why: the headers `unionhall-purpose` and `unionhall-reason`. */
function intentOf(request: FastifyRequest): Intent {
  const purpose = request.headers['unionhall-purpose'] ?? 'organizing';
  const reason = request.headers['unionhall-reason'];
  if (typeof purpose !== 'string' || !isPurpose(purpose)) {
    throw new AppError('invalid', 'AUTHZ.PURPOSE', 'There is no such purpose.', {
      field: 'unionhall-purpose',
    });
  }
  if (reason !== undefined && (typeof reason !== 'string' || reason.length > LONGEST_REASON)) {
    throw new AppError('invalid', 'AUTHZ.REASON', `A reason has at most ${LONGEST_REASON} bytes.`, {
      field: 'unionhall-reason',
    });
  }
  return reason === undefined ? { purpose } : { purpose, reason: decoded(reason) };
}

/** A header holds no more than ASCII: other letters come percent-encoded (RFC 3986). */
function decoded(reason: string): string {
  try {
    return decodeURIComponent(reason);
  } catch {
    return reason;
  }
}
