/** Invented names, each list in one script and most likely spoken language. Every list pairs any given with any family name. */
export interface NameList {
  readonly language: string;
  /** How many of 20 members have names of this list. */
  readonly share: number;
  readonly given: readonly string[];
  readonly family: readonly string[];
}

const list = (language: string, share: number, given: string, family: string): NameList => ({
  language,
  share,
  given: given.split(' '),
  family: family.split(' '),
});

export const NAME_LISTS: readonly NameList[] = [
  list(
    'en',
    8,
    'Ada Amara Avery Beatrice Calvin Corinne Dana Desmond Elliot Esther Farrah Gideon Harriet Imani Jonah June Kendra Lionel Mabel Marcus Nadia Odette Percy Quinn Rosalind Silas Tamsin Ursula Vernon Willa',
    'Abernathy Ashdown Bellweather Birch Caldwell Crane Dunmore Easterly Fairbanks Garrow Hollis Ingram Jessup Kettering Larkspur Marlowe Northcott Okafor Pemberton Quill Ravenscroft Sable Thornbury Underhill Vance Whitlock Yarrow',
  ),
  list(
    'es',
    4,
    'Adela Álvaro Beatriz Camila Darío Elena Esteban Fermín Graciela Hernán Inés Joaquín Lucía Mateo Nerea Óscar Pilar Ramón Soledad Tomás Úrsula Ximena',
    'Aguirre Benítez Cárdenas Domínguez Echeverría Fuentes Gallardo Ibáñez Luján Mondragón Núñez Olivares Peña Quiroga Robledo Santillán Urrutia Villaseñor Zambrano',
  ),
  list(
    'vi',
    1,
    'An Bình Chi Dũng Giang Hạnh Khánh Linh Minh Ngọc Phúc Thảo',
    'Bùi Đặng Đỗ Hồ Lê Lý Ngô Nguyễn Phạm Trần Võ',
  ),
  list('zh-Hant', 1, '佳玲 俊傑 雅婷 志明 美玲 家豪 淑芬 建宏 怡君 冠宇', '陳 林 黃 張 李 王 吳 劉 蔡 楊'),
  list('ko', 1, '서연 지훈 민준 하은 도윤 수아 예준 지우 현우 유진', '김 이 박 최 정 강 조 윤 장 임'),
  list(
    'ar',
    1,
    'آمنة باسم جمانة حسن خديجة رامي سلمى طارق ليلى نور',
    'البيطار الحداد الخطيب الصباغ القاضي المصري النجار حمدان زيدان منصور',
  ),
  list(
    'uk',
    1,
    'Андрій Богдана Василь Галина Дмитро Зоряна Ірина Леся Остап Соломія',
    'Бондар Гончар Дорошенко Коваль Лисенко Мельник Поліщук Савченко Ткач Шевчук',
  ),
  list(
    'hi',
    1,
    'अनिता अर्जुन दीपा कविता मनोज नेहा रवि सीता सुनील विजय',
    'अग्रवाल चौधरी गुप्ता जोशी कपूर मेहता नायर शर्मा सिंह वर्मा',
  ),
  list('am', 1, 'አበበ ሀና መስፍን ሰላም ትዕግስት ዳዊት ገነት ፍቅር', 'ተስፋዬ ከበደ ወልዴ ገብሬ በቀለ ታደሰ ኃይሉ አለሙ'),
  list(
    'ja',
    1,
    '愛 健太 美咲 翔 陽子 拓也 直子 大輔 由美 誠',
    '青木 石川 遠藤 小川 木下 高橋 中島 野村 福田 松本',
  ),
];

/** The lists by number of 0 to 19: each as often as its share. */
export const NAME_DRAW: readonly number[] = NAME_LISTS.flatMap((names, index) =>
  Array<number>(names.share).fill(index),
);
