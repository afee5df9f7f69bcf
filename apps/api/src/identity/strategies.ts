import { Injectable } from '@nestjs/common';
import { Authenticator } from 'passport';
import { Strategy as CustomStrategy } from 'passport-custom';
import { Strategy as BearerStrategy } from 'passport-http-bearer';
import { Strategy as LocalStrategy } from 'passport-local';
import { ActorsService, SignInService, type Actor, type OpenedSession } from '@unionhall/identity';

/** What a strategy looks at: a request, or what a mutation was given, with the address it came from. */
export interface Attempt {
  readonly ip: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly query?: unknown;
}

type Done = (error: unknown, user?: object | false) => void;

/** The ways to say who one is, as Passport strategies: password, mail link and partner key. */
@Injectable()
export class Strategies {
  private readonly passport = new Authenticator();

  constructor(signIn: SignInService, actors: ActorsService) {
    this.passport.use(
      'password',
      new LocalStrategy(
        { usernameField: 'email', passwordField: 'password', session: false, passReqToCallback: true },
        (request, email, password, done) =>
          answer(signIn.withPassword({ email, password, address: addressOf(request) }), done as Done),
      ),
    );
    this.passport.use(
      'link',
      new CustomStrategy((request, done) => {
        const body = request.body as { token?: unknown } | undefined;
        const token = typeof body?.token === 'string' ? body.token : '';
        answer(signIn.withLink({ token, address: addressOf(request) }), done as Done);
      }),
    );
    this.passport.use(
      'partner-key',
      new BearerStrategy((key, done) => answer(actors.ofPartnerKey(key), done as Done)),
    );
  }

  /** @throws AppError SIGN_IN.*; undefined when an input is missing. */
  password(attempt: Attempt): Promise<OpenedSession | undefined> {
    return this.run('password', attempt);
  }

  /** @throws AppError SIGN_IN.*. */
  link(attempt: Attempt): Promise<OpenedSession | undefined> {
    return this.run('link', attempt);
  }

  /** The partner of the request's bearer key; undefined when it has none that holds. */
  partnerKey(attempt: Attempt): Promise<Actor | undefined> {
    return this.run('partner-key', attempt);
  }

  private run<User>(strategy: string, attempt: Attempt): Promise<User | undefined> {
    const { ip, headers, body, query } = attempt;
    const request = { ip, headers, body, query: query ?? {} };
    return new Promise((resolve, reject) => {
      const handle = this.passport.authenticate(
        strategy,
        { session: false },
        (error: unknown, user: User | false | null) => {
          if (error === null || error === undefined)
            resolve(user === false || user === null ? undefined : user);
          else reject(error as Error);
        },
      ) as (request: unknown, response: unknown, next: (error: unknown) => void) => void;
      handle(request, {}, reject);
    });
  }
}

const addressOf = (request: unknown): string => (request as Attempt).ip;

function answer(work: Promise<object | undefined>, done: Done): void {
  work.then(
    (user) => done(null, user ?? false),
    (error: unknown) => done(error),
  );
}
