/** How a text is cut up on its way: each segment is paid and carried by itself. */
export interface SmsSegments {
  /** One character outside of GSM-7 puts the whole text into UCS-2. */
  readonly encoding: 'GSM-7' | 'UCS-2';
  readonly segments: number;
}

/** The alphabet of 3GPP TS 23.038, 6.2.1, without its escape. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Its extension (6.2.1.1): an escape and a character, two places that are never parted. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Places of a segment: alone, and as one of several, whose header (23.040, 9.2.3.24.1) takes six octets. */
const PLACES = { 'GSM-7': [160, 153], 'UCS-2': [70, 67] } as const;

/** How many segments a text takes; none for an empty one. */
export function smsSegments(text: string): SmsSegments {
  const characters = [...text];
  const encoding = characters.every((one) => BASIC.has(one) || EXTENDED.has(one)) ? 'GSM-7' : 'UCS-2';
  const widths = characters.map((one) => (encoding === 'UCS-2' ? one.length : EXTENDED.has(one) ? 2 : 1));
  const [alone, joined] = PLACES[encoding];
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (total <= alone) return { encoding, segments: total === 0 ? 0 : 1 };
  let segments = 1;
  let taken = 0;
  for (const width of widths) {
    if (taken + width > joined) {
      segments += 1;
      taken = 0;
    }
    taken += width;
  }
  return { encoding, segments };
}
