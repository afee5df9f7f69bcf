import { createHash } from 'node:crypto';
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What the picture of a link says: two short lines around a title. */
export interface Card {
  readonly over: string;
  readonly title: string;
  readonly under: readonly string[];
}

const WIDTH = 1200;
const HEIGHT = 630;
const MARGIN = 80;
const TITLE = { size: 76, line: 90, most: 4 };
const COLOURS = { wall: '#7a2e1d', ink: '#fff6e9', gold: '#f2b33d' };
const FONT = 'Card';
/** Pictures kept; one is some 40 kB. */
const KEPT = 100;

const made = new Map<string, Buffer>();
let fonts = false;

function loadFonts(): void {
  if (fonts) return;
  for (const weight of ['Regular', 'Bold'])
    GlobalFonts.registerFromPath(
      require.resolve(`roboto-fontface/fonts/roboto/Roboto-${weight}.woff2`),
      FONT,
    );
  fonts = true;
}

/** Breaks a text into lines at its spaces; a word wider than a line is broken where it must. What is too much ends in an ellipsis after a whole word. */
export function linesOf(text: string, fits: (line: string) => boolean, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  const flush = (): void => {
    if (line !== '') lines.push(line);
    line = '';
  };
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    flush();
    for (const sign of word) {
      if (!fits(line + sign)) flush();
      line += sign;
    }
  }
  flush();
  if (lines.length <= most) return lines;
  let last = lines[most - 1]!;
  while (!fits(`${last}…`) && last.includes(' ')) last = last.slice(0, last.lastIndexOf(' '));
  while (last !== '' && !fits(`${last}…`)) last = [...last].slice(0, -1).join('');
  return [...lines.slice(0, most - 1), `${last}…`];
}

function house(context: SKRSContext2D, x: number, y: number): void {
  context.strokeStyle = COLOURS.gold;
  context.lineWidth = 8;
  context.lineJoin = 'round';
  context.beginPath();
  context.moveTo(x, y + 26);
  context.lineTo(x + 32, y);
  context.lineTo(x + 64, y + 26);
  context.lineTo(x + 64, y + 62);
  context.lineTo(x, y + 62);
  context.closePath();
  context.stroke();
}

/** Draws the picture, a PNG of 1200 by 630 pixels. */
export function drawCard({ over, title, under }: Card): Buffer {
  loadFonts();
  const canvas = createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  context.fillStyle = COLOURS.wall;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = COLOURS.gold;
  context.fillRect(0, HEIGHT - 16, WIDTH, 16);
  context.textBaseline = 'top';
  context.fillStyle = COLOURS.gold;
  context.font = `700 34px ${FONT}, sans-serif`;
  context.fillText(over, MARGIN, MARGIN);
  context.fillStyle = COLOURS.ink;
  context.font = `700 ${TITLE.size}px ${FONT}, sans-serif`;
  const fits = (line: string): boolean => context.measureText(line).width <= WIDTH - 2 * MARGIN;
  linesOf(title, fits, TITLE.most - 1).forEach((line, index) =>
    context.fillText(line, MARGIN, MARGIN + 60 + index * TITLE.line),
  );
  context.font = `400 34px ${FONT}, sans-serif`;
  under.forEach((line, index) =>
    context.fillText(linesOf(line, fits, 1)[0] ?? '', MARGIN, HEIGHT - 200 + index * 48),
  );
  house(context, WIDTH - MARGIN - 64, HEIGHT - 130);
  return canvas.toBuffer('image/png');
}

/** Sends the picture of a link; the newest hundred are kept, and a browser that has one is told so. */
export function sendCard(request: FastifyRequest, reply: FastifyReply, card: Card): void {
  const key = createHash('sha256').update(JSON.stringify(card)).digest('base64url');
  const tag = `"${key}"`;
  void reply
    .header('etag', tag)
    .header('cache-control', 'public, max-age=300')
    .header('vary', 'accept-language');
  if (request.headers['if-none-match'] === tag) return void reply.code(304).send();
  const picture = made.get(key) ?? drawCard(card);
  made.delete(key);
  made.set(key, picture);
  const [oldest] = made.keys();
  if (made.size > KEPT && oldest !== undefined) made.delete(oldest);
  return void reply.type('image/png').header('x-content-type-options', 'nosniff').send(picture);
}
