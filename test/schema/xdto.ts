import type { WrittenTypes } from '../../src/schema/written-types.ts';

export const NAMESPACE = 'http://v8.1c.ru/edi/edi_stnd/EnterpriseData/9.1';

/** The smallest package with these declarations; `e:` is its own namespace, `m:` that of the envelope. */
export function packageText(declarations: string): string {
  return `\uFEFF<package xmlns="http://v8.1c.ru/8.1/xdto" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:e="${NAMESPACE}"
    xmlns:m="http://www.1c.ru/SSL/Exchange/Message" targetNamespace="${NAMESPACE}">
    <import namespace="http://www.1c.ru/SSL/Exchange/Message"/>${declarations}</package>`;
}

export const WANTED: WrittenTypes = {
  format: 'enterprise-data',
  namespace: 'http://v8.1c.ru/edi/edi_stnd/EnterpriseData/{version}',
  roots: ['Документ.Акт', 'Документ.ПоявитсяПозже'],
  types: ['Ключи', 'Составной'],
  only: {},
};
