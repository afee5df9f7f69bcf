import type { Language } from '@unionhall/platform';

/** What a whole text message can be, besides something for a person to read. */
export type Keyword = 'stop' | 'start' | 'help';

/** A keyword, and the language it is of where it is of one of ours. */
export interface Heard {
  readonly keyword: Keyword;
  readonly language?: Language;
}

/**
 * The words that carriers take in North America (CTIA Messaging Principles 5.1.3; 47 CFR 64.1200(a)(10)), and
 * those of the languages that members write in.
 */
const WORDS: readonly (readonly [Keyword, Language | undefined, string])[] = [
  ['stop', undefined, 'stop stopall unsubscribe cancel end quit revoke optout remove'],
  ['stop', 'es', 'alto parar pare baja cancelar detener fin salir'],
  [
    'stop',
    undefined,
    'arret arreter desabonner parar sair stopp abmelden ende fermare disiscrivi стоп отписаться 停止 退订 توقف',
  ],
  ['start', undefined, 'start unstop yes subscribe continue'],
  ['start', 'es', 'alta iniciar empezar continuar'],
  ['help', undefined, 'help info'],
  ['help', 'es', 'ayuda informacion'],
  ['help', undefined, 'aide hilfe aiuto ajuda помощь 帮助'],
];
const HEARD = new Map(
  WORDS.flatMap(([keyword, language, words]) =>
    words
      .split(' ')
      .map((word): [string, Heard] => [word, language === undefined ? { keyword } : { keyword, language }]),
  ),
);

/** Phrases within a text that ask for silence; `…` stands for up to three words. */
const PLEAS: readonly string[] = [
  'please stop',
  'stop … (text|texts|texting|message|messages|messaging|email|emails|emailing|mail|mailing|send|sending|contact|contacting|call|calling|write|writing|spam|spamming|bothering|harassing)',
  'stop (it|this|now|already)',
  'no (more|further) … (text|texts|message|messages|email|emails|mail|mails|contact|calls)',
  '(do not|dont|don t|never) … (text|message|email|mail|contact|call|write|bother)',
  '(remove|delete|unsubscribe) (me|my number|this number|my email|my address)',
  'take me off',
  '(leave|let) me alone',
  'opt (me )?out',
  'unsubscribe',
  'not interested',
  'wrong number',
  '(ya )?no (me|nos) … (escriban|escriba|escribas|manden|mande|mandes|envien|envie|envies|contacten|contacte|llamen|llame|molesten|moleste)',
  'no (mas|quiero) … (mensajes|textos|correos|recibir|correo)',
  '(dejen|deje|deja|paren|pare) de (escribir|mandar|enviar|llamar|molestar|contactar)\\w*',
  '(quitenme|quiteme|borrenme|borreme|eliminenme|denme de baja|dar(me)? de baja|deme de baja)',
  'numero equivocado',
  'ne (m|me) … (ecrivez|envoyez|contactez|appelez)',
  'arretez (de|s il vous plait)',
];
const PLEA = new RegExp(
  `(^| )(${PLEAS.map((plea) => plea.replaceAll(' … ', '( \\S+){0,3} ')).join('|')})( |$)`,
);

/** A text as it is compared: one case, no accents, no punctuation (NFKC, so that full-width letters are letters). */
export function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The keyword that a whole text is; undefined when it says anything more. */
export function keywordOf(text: string): Heard | undefined {
  const words = plainWords(text);
  return HEARD.get(words) ?? HEARD.get(words.replaceAll(' ', ''));
}

/** Whether a text asks, in words of its own, to be left alone. A person reads it; until then nothing more is sent. */
export function asksToStop(text: string): boolean {
  return keywordOf(text)?.keyword === 'stop' || PLEA.test(plainWords(text));
}
