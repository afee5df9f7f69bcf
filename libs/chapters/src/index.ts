export { Chapter, CHAPTER_KINDS, type ChapterKind } from './chapter.entity';
export { ChapterPages, type ChapterLine, type ChapterPage } from './chapter-pages';
export type { NewChapter } from './chapter-input';
export { ChaptersModule } from './chapters.module';
export { ChaptersService } from './chapters.service';
export { chaptersReads } from './chapters.reads';
export { chapterNotFound } from './chapters.errors';
