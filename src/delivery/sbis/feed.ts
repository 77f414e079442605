import type { SbisConfig } from '../../config/delivery.ts';
import type { OrganizationConfig } from '../../config/types.ts';
import type { ChangePage, Cursors } from '../channel.ts';
import type { SbisClient } from './client.ts';
import { partyOf } from './documents.ts';
import { listed, remoteOf, type SbisDocument } from './states.ts';

const PAGE = '100';
const MOSCOW_HOURS = 3;

interface Page {
  Документ?: (SbisDocument & { Событие?: { Идентификатор?: string }[] })[];
  Навигация?: { ЕстьЕще?: string };
}

/**
 * Changes of our documents, an organisation after the other. The cursor is the id of the last event of the last
 * document of a page; the same document comes again and again (facts: upd-sbis B6).
 */
export async function* changesOf(
  client: SbisClient,
  config: SbisConfig,
  organizations: readonly OrganizationConfig[],
  { get, since }: Cursors,
): AsyncGenerator<ChangePage> {
  for (const organization of organizations) {
    const name = organization.code;
    for (let last = get(name); ; ) {
      const from =
        last === undefined ? { ДатаВремяС: moscowTime(since, config.time) } : { ИдентификаторСобытия: last };
      const filter = {
        ...from,
        Тип: config.documentType,
        НашаОрганизация: partyOf(organization),
        ПолныйСертификатЭП: 'Нет',
        Навигация: { РазмерСтраницы: PAGE },
      };
      const page = (await client.call('СБИС.СписокИзменений', { Фильтр: filter }, 'read')) as Page;
      const documents = listed(page.Документ);
      const value = listed(documents.at(-1)?.Событие).at(-1)?.Идентификатор;
      // A page that does not bring the cursor on would come for ever.
      if (value === undefined || value === last) break;
      yield { changes: documents.flatMap(changeOf), cursor: { name, value } };
      if (page.Навигация?.ЕстьЕще !== 'Да') break;
      last = value;
    }
  }
}

function changeOf(document: SbisDocument): ChangePage['changes'] {
  const { Идентификатор: key } = document;
  const remote = remoteOf(document);
  return key === undefined || !remote ? [] : [{ key: key.toLowerCase(), remote }];
}

/** `31.10.2026 10.30.00` by the clocks of Moscow. */
function moscowTime(instant: Date, form: SbisConfig['time']): string {
  const text = new Date(instant.getTime() + MOSCOW_HOURS * 3_600_000).toISOString();
  const time = text.slice(11, 19);
  const [year, month, day] = text.slice(0, 10).split('-');
  return `${day}.${month}.${year} ${form === 'dots' ? time.replaceAll(':', '.') : time}`;
}
