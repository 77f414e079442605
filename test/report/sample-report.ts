import type { MonthReport, ReportDocument } from '../../src/formats/report/report.ts';
import { DOCUMENT_KINDS } from '../../src/model/types.ts';

/** A month of so many documents, a part of it in trouble. */
export function bigReport(count: number): MonthReport {
  const documents = Array.from({ length: count }, (_, index): ReportDocument => {
    const late = index % 4 === 3;
    return {
      kind: DOCUMENT_KINDS[index % 3]!,
      number: `А10/${1000 + index}`,
      date: '2026-10-31',
      buyer:
        index % 7 === 0
          ? 'Общество с ограниченной ответственностью «Международная телекоммуникационная компания Республики Башкортостан»'
          : `ООО «Покупатель ${index}»`,
      inn: String(1_000_000_000 + index),
      account: String(100_000 + index),
      sum: 628_301 + index * 100,
      vat: 113_300,
      booked: late ? { text: 'ждёт загрузки в 1С', tone: 'waiting' } : { text: 'проведён', tone: 'fine' },
      deliveries: late
        ? []
        : [
            { channel: 'СБИС', text: index % 5 === 0 ? 'подписан' : 'доставлен', tone: 'fine' },
            ...(index % 11 === 0
              ? [{ channel: 'электронная почта', text: 'возвращён (5.1.1)', tone: 'trouble' as const }]
              : []),
          ],
    };
  });
  const sum = documents.reduce((all, one) => all + one.sum, 0);
  const done = documents.filter(({ booked }) => booked.tone === 'fine');
  const doneSum = done.reduce((all, one) => all + one.sum, 0);
  return {
    period: '2026-10',
    organizations: ['ООО «Башнет»'],
    made: '2026-11-03T08:00:00.000Z',
    steps: [
      { title: 'Выставлено', count, sum },
      { title: 'Проведено в 1С', count: done.length, sum: doneSum },
      { title: 'Доставлено', count: done.length, sum: doneSum },
    ],
    kinds: DOCUMENT_KINDS.slice(0, 3).map((kind) => ({
      kind,
      count: 34,
      sum: 146_029_109,
      booked: 30,
      bookedSum: 130_000_000,
      delivered: 25,
    })),
    channels: [
      { title: 'СБИС', delivered: 250, signed: 80, waiting: 12, doubtful: 1, refused: 2 },
      { title: 'электронная почта', delivered: 40, signed: 0, waiting: 0, doubtful: 2, refused: 5 },
    ],
    tasks: [
      {
        urgency: 'error',
        title: 'электронная почта: неизвестно, ушли ли документы',
        action: 'Спросите получателя и укажите: bg1c resolve <доставка> sent или not-sent',
        documents: [
          'Счёт № 501/10 от 01.10.2026 (доставка 17)',
          'Акт № А10/1045 от 31.10.2026 (доставка 17)',
        ],
      },
      {
        urgency: 'warning',
        title: 'В 1С не проведены',
        action: 'Проведите документы в 1С и нажмите в обработке «Перепроверить»',
        documents: Array.from({ length: 12 }, (_, index) => `Акт № А10/${1100 + index} от 31.10.2026`),
      },
      {
        urgency: 'notice',
        title: 'Не загружены в 1С',
        action:
          'В 1С откройте обработку BGBilling, выберите пакет и нажмите «Загрузить»; квитанция придёт сама',
        documents: ['Счёт № 509/10 от 01.10.2026'],
      },
    ],
    differences: [{ contract: 'Ю-00133/24', accrued: 541_000, documents: 528_000 }],
    documents,
  };
}

/** Every text is an attack. */
export function hostileReport(): MonthReport {
  const evil = '=cmd|"<script>alert(1)</script><img src=x onerror=alert(1)>"';
  const report = bigReport(1);
  return {
    ...report,
    organizations: [evil],
    tasks: [{ urgency: 'error', title: evil, action: evil, documents: [evil, evil, evil, evil] }],
    differences: [{ contract: evil, accrued: 1, documents: 2 }],
    documents: [{ ...report.documents[0]!, number: '=1+1', buyer: '@SUM(A1)', inn: '+7', account: '-1' }],
  };
}
