/**
 * Settings of the month that `bg1c init --demo` puts down: those of the sample, and what it takes to look at every step
 * after the package. Who signs and where documents go on shape no package, so the demo gives the golden one.
 */

const SIGNER = `    # Кто подписывает документы.
    signer:
      position: Генеральный директор
      name: { last: Каримов, first: Ильдар, middle: Фанисович }
`;

const DELIVERY = `
# Учебный месяц можно отправить сразу после сборки. В работе лучше after-receipt (так и без этой настройки):
# уходит только то, что проведено в 1С и не изменено.
deliver:
  when: at-once

channels:
  # Папка, из которой файлы УПД забирает программа вашего оператора ЭДО.
  edoFolder: { dir: edo }
  # Почтового сервера у примера нет: «bg1c send mail --dry-run --out письма» показывает письма, ничего не отправляя.
  mail:
    from: { address: docs@bashnet.example, name: Башнет }
    smtp: { host: localhost, port: 25, security: none }
`;

/** @param text `bg1c.yaml` of the sample */
export function demoText(text: string): string {
  const bank = /^ {4}bank:\n(?: {6}.*\n)+/m.exec(text)![0];
  return text.replace(bank, bank + SIGNER) + DELIVERY;
}
