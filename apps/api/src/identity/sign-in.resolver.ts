import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Resolver } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { SignInService, signInRefused, UsersService, type Actor } from '@unionhall/identity';
import { Config } from '@unionhall/platform';
import { CurrentActor, CurrentReply, CurrentRequest, type HttpAnswer } from '../graphql/current-actor';
import { Allow } from '../graphql/policy';
import { SignIn } from './identity.types';
import { clearSessionCookie, setSessionCookie } from './session-cookie';
import { Strategies } from './strategies';

@Resolver()
export class SignInResolver {
  constructor(
    private readonly strategies: Strategies,
    private readonly signIn: SignInService,
    private readonly users: UsersService,
    @Inject(Config) private readonly config: Config,
  ) {}

  @Mutation(() => SignIn, { nullable: true, description: 'Signs in by password.' })
  @Allow('anyone')
  async signInWithPassword(
    @CurrentRequest() request: FastifyRequest,
    @CurrentReply() { reply }: HttpAnswer,
    @Args('email', { type: () => String }) email: string,
    @Args('password', { type: () => String }) password: string,
  ): Promise<SignIn> {
    const { ip, headers } = request;
    const session = await this.strategies.password({ ip, headers, body: { email, password } });
    if (session === undefined) throw signInRefused();
    setSessionCookie(reply, this.config, session);
    return session;
  }

  @Mutation(() => Boolean, {
    description: 'Asks for a sign-in link by mail. The answer is the same for every address.',
  })
  @Allow('anyone')
  async requestSignInLink(
    @CurrentRequest() request: FastifyRequest,
    @Args('email', { type: () => String }) email: string,
  ): Promise<boolean> {
    await this.signIn.requestLink({
      email,
      address: request.ip,
      acceptLanguage: request.headers['accept-language'],
    });
    return true;
  }

  @Mutation(() => SignIn, { description: 'Signs in by the token of a link: once, within 15 minutes.' })
  @Allow('anyone')
  async signInWithLink(
    @CurrentRequest() request: FastifyRequest,
    @CurrentReply() { reply }: HttpAnswer,
    @Args('token', { type: () => String }) token: string,
  ): Promise<SignIn> {
    const { ip, headers } = request;
    const session = await this.strategies.link({ ip, headers, body: { token } });
    if (session === undefined) throw signInRefused();
    setSessionCookie(reply, this.config, session);
    return session;
  }

  @Mutation(() => Boolean, { description: 'Ends this session.' })
  @Allow('anyone')
  async signOut(@CurrentActor() actor: Actor, @CurrentReply() { reply }: HttpAnswer): Promise<boolean> {
    await this.signIn.signOut(actor);
    clearSessionCookie(reply, this.config);
    return true;
  }

  @Mutation(() => Int, { description: 'Ends every session of yours; gives how many were open.' })
  @Allow('signed in')
  async signOutEverywhere(
    @CurrentActor() actor: Actor,
    @CurrentReply() { reply }: HttpAnswer,
  ): Promise<number> {
    const ended = await this.signIn.signOutEverywhere(actor);
    clearSessionCookie(reply, this.config);
    return ended;
  }

  @Mutation(() => Boolean, { description: 'Sets your password and ends your other sessions.' })
  @Allow('signed in')
  async setPassword(
    @CurrentActor() actor: Actor,
    @Args('password', { type: () => String }) password: string,
  ): Promise<boolean> {
    await this.users.setPassword(actor, password);
    return true;
  }
}
