import { Injectable, type Type } from '@nestjs/common';
import {
  CertificatesService,
  END_OFFERS,
  GraceService,
  PlacesService,
  SETTLE_ATTENDANCE,
  SWEEP_CERTIFICATES,
} from '@unionhall/gatherings';
import { Handles } from '@unionhall/platform';

@Injectable()
export class GatheringsJobs {
  constructor(
    private readonly places: PlacesService,
    private readonly grace: GraceService,
    private readonly certificates: CertificatesService,
  ) {}

  @Handles(END_OFFERS)
  async endOffers(): Promise<void> {
    await this.places.sweep();
  }

  @Handles(SWEEP_CERTIFICATES)
  async sweepCertificates(): Promise<void> {
    await this.certificates.sweep();
  }

  @Handles(SETTLE_ATTENDANCE)
  async settle(): Promise<void> {
    await this.grace.settle();
  }
}

export const gatheringsHandlers: Type[] = [GatheringsJobs];
