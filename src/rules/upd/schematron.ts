/**
 * The rules of the seller's title КНД 1115131 that no XSD can say (facts: Schematron annotations of format 5.02, and of
 * 5.03 where they were read). Data: `check.ts` asks them. Rules of several assertions that are one demand («one of
 * these») stand here as one.
 */

/**
 * `@Имя` is an attribute, `Имя` an element, `Имя/@Имя` one below; a leading `/` starts at Документ instead of the
 * element at which the rule is asked. A path of repeated elements is there when any of them is.
 */
export type UpdPath = string;

export interface UpdRule {
  /** Stable. */
  id: string;
  /** ФНС's own code of the finding. */
  code: '0400400007' | '0400300003';
  /** Names of the elements at which the rule is asked. */
  at: readonly string[];
  /** Values of Документ/@Функция for which it holds; all where there are none. */
  functions?: readonly string[];
  /** It holds where all of these are there … */
  given?: readonly UpdPath[];
  /** … and none of these, … */
  absent?: readonly UpdPath[];
  /** … and this has this value, … */
  equals?: readonly [UpdPath, string];
  /** … and this is there with another value. */
  differs?: readonly [UpdPath, string];
  /** What it demands: one of these sets, whole. */
  need?: readonly (readonly UpdPath[])[];
  /** What it forbids. */
  forbid?: UpdPath;
  /** `advised`: the law wants it, ФНС's rule does not fire; a warning. */
  advised?: true;
  /** What is wrong, in Russian. */
  text: string;
}

const INVOICE = ['СЧФ', 'СЧФДОП'];
const TRANSFER = ['СЧФДОП', 'ДОП'];
const ACT = ['ДОП'];
const SPECIAL = 'СвСчФакт/ДопСвФХЖ1';
/** Where СпОбстФСЧФ is given and is not 2, the VAT invoice is not one of the composite kind. */
const NOT_COMPOSITE = [`/${SPECIAL}/@СпОбстФСЧФ`, '2'] as const;
const SPECIAL_ACT = `/${SPECIAL}/@СпОбстФДОП`;

const code = '0400300003';

/** The rule of the file's name is asked apart: a name is no element. */
export const FILE_NAME_RULE = {
  id: 'file-name',
  code: '0400400007',
  text: 'имя файла не совпадает с ИдФайл',
} as const;

export const UPD_RULES: readonly UpdRule[] = [
  // ---- the document -----------------------------------------------------------------------------------
  {
    id: 'table',
    code,
    at: ['Документ'],
    functions: INVOICE,
    need: [['ТаблСчФакт']],
    text: 'счёт-фактура и УПД со счётом-фактурой не бывают без таблицы (ТаблСчФакт)',
  },
  {
    id: 'transfer',
    code,
    at: ['Документ'],
    functions: TRANSFER,
    need: [['СвПродПер']],
    text: 'нет сведений о передаче (СвПродПер)',
  },
  {
    id: 'document-name',
    code,
    at: ['Документ'],
    functions: ['СЧФДОП', 'ДОП', 'СвРК', 'СвЗК'],
    need: [['@НаимДокОпр']],
    text: 'нет наименования первичного документа (НаимДокОпр)',
  },
  {
    id: 'document-name-invoice',
    code,
    at: ['Документ'],
    functions: ['СЧФ'],
    forbid: '@НаимДокОпр',
    text: 'у счёта-фактуры не бывает наименования первичного документа (НаимДокОпр)',
  },
  {
    id: 'shipping-document',
    code,
    at: ['СвСчФакт'],
    functions: ['СЧФ'],
    differs: NOT_COMPOSITE,
    need: [['ДокПодтвОтгрНом']],
    text: 'нет документа об отгрузке (ДокПодтвОтгрНом, строка 5а)',
  },
  {
    id: 'shipping-document-advised',
    code,
    at: ['СвСчФакт'],
    functions: ['СЧФ'],
    absent: [`/${SPECIAL}/@СпОбстФСЧФ`],
    need: [['ДокПодтвОтгрНом']],
    advised: true,
    text: 'в счёте-фактуре нет документа об отгрузке (ДокПодтвОтгрНом, строка 5а)',
  },

  // ---- parties ----------------------------------------------------------------------------------------
  {
    id: 'address',
    code,
    at: ['СвПрод', 'СвПокуп', 'ГрузОтпр', 'ГрузПолуч', 'СвФактор'],
    functions: INVOICE,
    need: [['Адрес']],
    text: 'нет адреса (Адрес)',
  },
  {
    id: 'foreign-party',
    code,
    at: ['СвИнНеУч', 'ДаннИно'],
    need: [['@Идентиф'], ['@ИныеСвед']],
    text: 'у иностранной организации или гражданина нет ни Идентиф, ни ИныеСвед',
  },
  {
    id: 'person',
    code,
    at: ['СвФЛУч'],
    differs: ['@ИдСтатЛ', '0'],
    need: [['ФИО'], ['@ИныеСвед']],
    text: 'у физического лица нет ни ФИО, ни ИныеСвед',
  },
  {
    id: 'address-register',
    code,
    at: ['АдрГАР'],
    differs: ['Регион', '99'],
    need: [['МуниципРайон']],
    text: 'в адресе по ГАР нет муниципального района (МуниципРайон)',
  },

  // ---- special circumstances --------------------------------------------------------------------------
  ...special('invoice', 'СЧФ', '@СпОбстФСЧФ'),
  ...special('invoice-act', 'СЧФДОП', '@СпОбстФСЧФДОП'),
  ...special('act', 'ДОП', '@СпОбстФДОП'),

  // ---- lines ------------------------------------------------------------------------------------------
  {
    id: 'line-name',
    code,
    at: ['СведТов'],
    functions: INVOICE,
    need: [['@НаимТов']],
    text: 'в строке нет наименования (НаимТов)',
  },
  {
    id: 'line-name-act',
    code,
    at: ['СведТов'],
    functions: ACT,
    need: [['@НаимТов'], ['ДопСведТов/@ХарактерТов'], ['ДопСведТов/@АртикулТов'], ['ДопСведТов/@КодТов']],
    text: 'в строке нет ни наименования, ни характеристики, ни артикула, ни кода',
  },
  {
    id: 'unit-name',
    code,
    at: ['СведТов'],
    given: ['@ОКЕИ_Тов'],
    need: [['@НаимЕдИзм']],
    text: 'указан код единицы измерения, но не её название (НаимЕдИзм)',
  },
  {
    id: 'unit-quantity',
    code,
    at: ['СведТов'],
    given: ['@ОКЕИ_Тов'],
    need: [['@КолТов']],
    text: 'указана единица измерения, но не количество (КолТов)',
  },
  ...notComposite('quantity', 'СведТов', '@КолТов', 'в строке нет количества (КолТов)'),
  ...notComposite('line-net', 'СведТов', '@СтТовБезНДС', 'в строке нет стоимости без налога (СтТовБезНДС)'),
  ...notComposite(
    'total-net',
    'ВсегоОпл',
    '@СтТовБезНДСВсего',
    'нет всего стоимости без налога (СтТовБезНДСВсего)',
  ),
  {
    id: 'line-gross',
    code,
    at: ['СведТов'],
    functions: INVOICE,
    need: [['@СтТовУчНал']],
    text: 'в строке нет стоимости с налогом (СтТовУчНал)',
  },
  {
    id: 'total-gross',
    code,
    at: ['ВсегоОпл'],
    functions: INVOICE,
    need: [['@СтТовУчНалВсего']],
    text: 'нет всего стоимости с налогом (СтТовУчНалВсего)',
  },
  {
    id: 'line-cost-act',
    code,
    at: ['СведТов'],
    functions: ACT,
    absent: [SPECIAL_ACT],
    need: [['@СтТовБезНДС'], ['@СтТовУчНал']],
    text: 'в строке нет стоимости ни без налога, ни с налогом',
  },
  {
    id: 'total-cost-act',
    code,
    at: ['ВсегоОпл'],
    functions: ACT,
    absent: [SPECIAL_ACT],
    need: [['@СтТовБезНДСВсего'], ['@СтТовУчНалВсего']],
    text: 'нет всего стоимости ни без налога, ни с налогом',
  },
  {
    id: 'excise',
    code,
    at: ['СведТов'],
    given: ['ДопСведТов/@КодВидПр'],
    need: [['Акциз']],
    text: 'указан код вида продукции, но не акциз (Акциз)',
  },
  {
    id: 'origin-code',
    code,
    at: ['СвДТ'],
    functions: INVOICE,
    differs: NOT_COMPOSITE,
    need: [['@КодПроисх']],
    text: 'в сведениях о декларации нет кода страны (КодПроисх)',
  },
  {
    id: 'declaration-number',
    code,
    at: ['СвДТ'],
    functions: INVOICE,
    differs: NOT_COMPOSITE,
    need: [['@НомерДТ']],
    text: 'в сведениях о декларации нет её номера (НомерДТ)',
  },
  {
    id: 'origin-name',
    code,
    at: ['СведТов'],
    given: ['ДопСведТов', 'СвДТ/@КодПроисх'],
    need: [['ДопСведТов/КрНаимСтрПр']],
    text: 'указан код страны происхождения, но не её название (КрНаимСтрПр)',
  },
  {
    id: 'operation-details',
    code,
    at: ['ДопСведТов'],
    equals: [SPECIAL_ACT, '10000'],
    need: [['@ДопИнфПВидО']],
    text: 'нет дополнительных сведений по виду операции (ДопИнфПВидО)',
  },
  {
    id: 'marking',
    code,
    at: ['НомСредИдентТов'],
    need: [['КИЗ'], ['@КолВедМарк'], ['НомУпак'], ['@ИдентТрансУпак']],
    text: 'нет ни одного средства идентификации товара',
  },

  // ---- transfer ---------------------------------------------------------------------------------------
  {
    id: 'transfer-date',
    code,
    at: ['СвПер'],
    functions: TRANSFER,
    need: [['@ДатаПер'], ['@ДатаНачПер', '@ДатаОконПер']],
    text: 'нет ни даты передачи (ДатаПер), ни начала и конца периода (ДатаНачПер, ДатаОконПер)',
  },
  {
    id: 'carrier-organization',
    code,
    at: ['ПредОргПер'],
    need: [['@ИННЮЛПер'], ['ОснДоверОргПер']],
    text: 'у организации, передавшей товар, нет ни ИНН, ни основания доверия',
  },
  {
    id: 'carrier-person',
    code,
    at: ['ФЛПер'],
    need: [['@ИННФЛПер'], ['ОснДоверФЛ']],
    text: 'у лица, передавшего товар, нет ни ИНН, ни основания доверия',
  },

  // ---- signer -----------------------------------------------------------------------------------------
  ...power('electronic', '3', 'СвДоверЭл'),
  ...power('paper', '5', 'СвДоверБум'),
];

/** Special circumstances bear the name of their function: its own is needed, where any are given, others are forbidden. */
function special(id: string, owner: string, attribute: UpdPath): UpdRule[] {
  const others = ['СЧФ', 'СЧФДОП', 'ДОП', 'СвРК', 'СвЗК'].filter((name) => name !== owner);
  const name = attribute.slice(1);
  const rule = { code, at: ['ДопСвФХЖ1'] } as const;
  return [
    {
      ...rule,
      id: `special-${id}`,
      functions: [owner],
      need: [[attribute]],
      text: `в ДопСвФХЖ1 нет особых обстоятельств (${name})`,
    },
    {
      ...rule,
      id: `special-not-${id}`,
      functions: others,
      forbid: attribute,
      text: `особые обстоятельства ${name} бывают только у функции ${owner}`,
    },
  ];
}

/** ФНС asks this only where СпОбстФСЧФ is given; without it the law wants the same (НК РФ ст. 169 п. 5). */
function notComposite(id: string, at: string, path: UpdPath, text: string): UpdRule[] {
  const rule = { code, at: [at], functions: INVOICE, need: [[path]], text } as const;
  return [
    { ...rule, id, differs: NOT_COMPOSITE },
    { ...rule, id: `${id}-advised`, absent: [NOT_COMPOSITE[0]], advised: true },
  ];
}

function power(id: string, authority: string, element: string): UpdRule[] {
  const rule = { code, at: ['Подписант'] } as const;
  return [
    {
      ...rule,
      id: `power-${id}`,
      equals: ['@СпосПодтПолном', authority],
      need: [[element]],
      text: `СпосПодтПолном=${authority}, а сведений о доверенности (${element}) нет`,
    },
    {
      ...rule,
      id: `power-not-${id}`,
      differs: ['@СпосПодтПолном', authority],
      forbid: element,
      text: `доверенность ${element} указывают только при СпосПодтПолном=${authority}`,
    },
  ];
}
