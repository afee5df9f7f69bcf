import { Injectable, type OnModuleInit } from '@nestjs/common';
import { kept } from '../kept';
import { filler, type Fill } from './liquid';
import { directionOf, layoutFor, type Direction, type Layout } from './layout';
import { marked } from './marks';
import type { Values } from './variables';

/** A message in one language: its words, and why it comes. All three are Liquid. */
export interface Words {
  readonly subject: string;
  readonly body: string;
  readonly why: string;
}

export interface Composed {
  readonly subject: string;
  readonly text: string;
  /** Blocks of lines, which make the whole when each stands on lines of its own; those around the words are the same for all. */
  readonly html: readonly string[];
}

/** Fills one message for one reader. @throws Error for a name without a value: nothing is left open. */
export type Compose = (values: Values) => Composed;

/** Makes messages of words: what is the same for all readers is made once. */
@Injectable()
export class Wording implements OnModuleInit {
  private layouts!: Readonly<Record<Direction, Layout>>;
  private readonly messages = new Map<string, Compose>();
  private readonly briefs = new Map<string, Fill>();

  async onModuleInit(): Promise<void> {
    this.layouts = { ltr: await layoutFor('ltr'), rtl: await layoutFor('rtl') };
  }

  /** As `compose`, kept under a key that stands for these words in this language. */
  kept(key: string, language: string, words: () => Words): Compose {
    return kept(this.messages, `${key} ${language}`, () => this.compose(language, words()));
  }

  /** @throws LiquidError for words that were not checked. */
  compose(language: string, { subject, body, why }: Words): Compose {
    const direction = directionOf(language);
    const { before, between, after } = this.layouts[direction];
    const [main, foot] = [marked(body), marked(why)];
    const tag = language.replaceAll(/[^\w-]/g, '');
    const open = before.replaceAll('lang="und"', `lang="${tag}"`);
    const subjects = filler(subject, 'plain');
    const texts = filler(`${main.text}\n\n---\n${foot.text}\n`, 'plain');
    const [bodies, ends] = [filler(main.html, 'html'), filler(foot.html, 'html')];
    // A subject is one line: a line break in a title must not become a header.
    return (values) => ({
      subject: subjects(values)
        .replaceAll(/[\r\n]+/g, ' ')
        .trim(),
      text: texts(values),
      html: [open, bodies(values), between, ends(values), after],
    });
  }

  /** The text alone, without why it comes: for a text message. Kept as `kept` does. */
  brief(key: string, language: string, body: () => string): Fill {
    return kept(this.briefs, `${key} ${language}`, () => this.fillBrief(body()));
  }

  /** As `brief`, for words that are looked at once. @throws LiquidError for words that were not checked. */
  fillBrief(body: string): Fill {
    return filler(marked(body).text, 'plain');
  }
}
