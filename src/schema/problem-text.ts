/** libxml2's English, in the words of the people who read faults: a pattern and what it becomes. */
const TEXTS: ReadonlyArray<readonly [RegExp, (match: RegExpExecArray) => string]> = [
  [
    /This element is not expected\. Expected is one of \( (.+) \)/,
    ([, all]) => `не на своём месте; ожидается одно из: ${all}`,
  ],
  [
    /This element is not expected\. Expected is \( (.+) \)/,
    ([, one]) => `не на своём месте; ожидается «${one}»`,
  ],
  [/This element is not expected/, () => 'лишний или стоит не на своём месте'],
  [/Missing child element\(s\)\. Expected is one of \( (.+) \)/, ([, all]) => `не хватает одного из: ${all}`],
  [/Missing child element\(s\)\. Expected is \( (.+) \)/, ([, one]) => `не хватает элемента «${one}»`],
  [/No matching global (?:element )?declaration/, () => 'такого объекта в этой версии нет'],
  [
    /facet 'maxLength'\] The value has a length of '(\d+)'.*maximum length of '(\d+)'/,
    ([, is, most]) => `${is} знаков, а допустимо ${most}`,
  ],
  [
    /facet 'minLength'\] The value has a length of '(\d+)'.*minimum length of '(\d+)'/,
    ([, is, least]) => `${is} знаков, а нужно не меньше ${least}`,
  ],
  [
    /facet 'enumeration'\] The value '(.*)' is not an element of the set \{(.+)\}/,
    ([, is, set]) => `«${is}» — недопустимое значение; возможно: ${set!.replaceAll("'", '')}`,
  ],
  [/facet 'pattern'\] The value '(.*)' is not accepted/, ([, is]) => `«${is}» записано не по форме`],
  [/facet 'fractionDigits'\].*\('(\d+)'\)/, ([, most]) => `после запятой больше ${most} знаков`],
  [/facet 'totalDigits'\].*\('(\d+)'\)/, ([, most]) => `больше ${most} цифр`],
  [
    /: '(.*)' is not a valid value of the (?:atomic|local atomic|union) type/,
    ([, is]) => `«${is}» — недопустимое значение`,
  ],
  [/Character content other than whitespace is not allowed/, () => 'посторонний текст между элементами'],
  [/Element content is not allowed/, () => 'внутри не может быть элементов'],
  [/The attribute '(.+)' is not allowed/, ([, name]) => `лишний атрибут «${name}»`],
  [/The attribute '(.+)' is required but missing/, ([, name]) => `не хватает атрибута «${name}»`],
];

/** What libxml2 has against an element, in Russian; what it says so seldom that nobody foresaw it is told as it is. */
export function problemText(message: string): string {
  for (const [pattern, text] of TEXTS) {
    const match = pattern.exec(message);
    if (match) return text(match);
  }
  return message;
}
