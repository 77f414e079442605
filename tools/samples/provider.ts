import { BIK, companyInn, companyOgrn, settlementAccount } from './requisites.ts';

/** The seller: an invented provider of Уфа. The bank stands in the public directory of Банк России. */
export const PROVIDER = {
  name: 'ООО «Башнет»',
  fullName: 'Общество с ограниченной ответственностью «Башнет»',
  inn: companyInn(1),
  kpp: '027401001',
  ogrn: companyOgrn(1, 2004),
  address: '450077, Республика Башкортостан, г. Уфа, ул. Достоевского, д. 100',
  bank: {
    bik: BIK.ufa,
    account: settlementAccount('40702', 1, BIK.ufa),
    name: 'БАШКИРСКОЕ ОТДЕЛЕНИЕ N8598 ПАО СБЕРБАНК',
    correspondentAccount: '30101810300000000601',
  },
};
