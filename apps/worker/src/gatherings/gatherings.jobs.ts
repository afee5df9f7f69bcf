import { Injectable, type Type } from '@nestjs/common';
import { END_OFFERS, GraceService, PlacesService, SETTLE_ATTENDANCE } from '@unionhall/gatherings';
import { Handles } from '@unionhall/platform';

@Injectable()
export class GatheringsJobs {
  constructor(
    private readonly places: PlacesService,
    private readonly grace: GraceService,
  ) {}

  @Handles(END_OFFERS)
  async endOffers(): Promise<void> {
    await this.places.sweep();
  }

  @Handles(SETTLE_ATTENDANCE)
  async settle(): Promise<void> {
    await this.grace.settle();
  }
}

export const gatheringsHandlers: Type[] = [GatheringsJobs];
