import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChapterPages } from './chapter-pages';
import { Chapter } from './chapter.entity';
import { ChaptersService } from './chapters.service';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Chapter])],
  providers: [ChaptersService, ChapterPages],
  exports: [ChaptersService, ChapterPages],
})
export class ChaptersModule {}
