import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DateTime } from 'luxon';
import { CertificatesService, type CertificatePage } from '@unionhall/gatherings';
import type { Language, Spoken } from '@unionhall/platform';
import { Asked, html, pageOrRefusal, sendPage, type AskedLanguage, type Page } from '../pages';

const ENGLISH = {
  certificate: 'Certificate',
  completed: 'completed this course',
  somebody: 'Somebody who chose not to be named',
  by: 'Taught by',
  issued: 'Issued on',
  until: 'Holds until',
  code: 'Code',
  valid: 'This certificate is valid.',
  expired: 'This certificate has expired.',
  revoked: 'This certificate has been taken back.',
};
const WORDS: Spoken<typeof ENGLISH> = {
  en: ENGLISH,
  es: {
    certificate: 'Certificado',
    completed: 'completó este curso',
    somebody: 'Alguien que prefirió no ser nombrado',
    by: 'Impartido por',
    issued: 'Emitido el',
    until: 'Vale hasta',
    code: 'Código',
    valid: 'Este certificado es válido.',
    expired: 'Este certificado ha caducado.',
    revoked: 'Este certificado ha sido retirado.',
  },
};

/** Where anyone who was given a code checks a certificate. It names its holder as the holder chose. */
@Controller('certificates')
export class CertificatePageController {
  constructor(private readonly certificates: CertificatesService) {}

  @Get(':code')
  async show(
    @Param('code') code: string,
    @Asked() { language }: AskedLanguage,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await pageOrRefusal(language, async () =>
      certificatePage(await this.certificates.check(code), language),
    );
    sendPage(reply, page);
  }
}

function certificatePage(found: CertificatePage, language: Language): Page {
  const words = WORDS[language];
  const day = (at: Date): string =>
    DateTime.fromJSDate(at, { zone: found.timeZone }).setLocale(language).toLocaleString(DateTime.DATE_FULL);
  const code = found.code.replace(/(.{4})(?=.)/g, '$1-');
  return {
    language,
    title: found.course,
    above: html`<p class="kicker">${words.certificate}</p>`,
    body: html`<p class="${found.standing === 'valid' ? 'note' : 'note warn'}" role="status">
        ${words[found.standing]}
      </p>
      <p><strong>${found.holder ?? words.somebody}</strong> ${words.completed}.</p>
      <p>${words.by} ${found.chapter}. ${words.issued} ${day(found.issuedAt)}.</p>
      ${found.expiresAt !== null && html`<p>${words.until} ${day(found.expiresAt)}.</p>`}
      <p>${words.code}: <code>${code}</code></p>`,
  };
}
