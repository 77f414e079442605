import type { FaultEntry } from './entry.ts';

/** The journal and the exchange folder. */
export const EXCHANGE_FAULTS = {
  'BG1C-JOURNAL-WRITE': {
    severity: 'error',
    scope: 'build',
    title: 'Журнал не записан',
    message: 'Журнал {file} не записан: {reason}',
    remedy: 'Освободите место или исправьте права и повторите команду: начатое не потеряно',
  },
  'BG1C-JOURNAL-NEWER': {
    severity: 'error',
    scope: 'usage',
    title: 'Журнал новее программы',
    message: 'Журнал {file} вела более новая программа: версия журнала {version}, а эта знает {known}',
    remedy:
      'Установите версию bg1c не старше той, что работала с журналом в последний раз; журнал не меняйте',
  },
  'BG1C-JOURNAL-RESTORED': {
    severity: 'error',
    scope: 'usage',
    title: 'Журнал восстановлен и не сверен',
    message:
      'Журнал {file} восстановлен из копии ({date}) и не сверен с папкой обмена: номера пакетов могут повториться',
    remedy: 'Выполните bg1c restore --reconcile: пакеты и квитанции новее копии будут взяты из папки обмена',
  },
  'BG1C-JOURNAL-BEHIND': {
    severity: 'error',
    scope: 'usage',
    title: 'Журнал старше папки обмена',
    message:
      'В {folder} лежит пакет {package}, а в журнале {file} его нет: похоже, машину вернули из снимка или журнал заменили прежним; номера пакетов могут повториться',
    remedy:
      'Выполните bg1c restore --reconcile: недостающие пакеты и квитанции будут взяты из папки обмена. До этого новых пакетов и отправки не будет',
  },
  'BG1C-BACKUP-READ': {
    severity: 'error',
    scope: 'usage',
    title: 'Копия журнала не годится',
    message: 'Файл {file} нельзя поставить на место журнала: {reason}',
    remedy: 'Возьмите другую копию: они лежат в папке backup рядом с журналом',
  },
  'BG1C-WATCH-RUNNING': {
    severity: 'error',
    scope: 'usage',
    title: 'Наблюдатель уже работает',
    message: 'За папкой {dir} уже следит другая программа bg1c{who}',
    remedy: 'Второй наблюдатель не нужен: остановите его или дождитесь окончания первого',
  },
  'BG1C-WATCH-LOCK': {
    severity: 'error',
    scope: 'usage',
    title: 'Папка обмена не блокируется',
    message: 'Папка обмена {dir}: не удалось поставить блокировку: {reason}',
    remedy: 'Проверьте права на папку; для сетевой папки — что сервер поддерживает блокировку файлов',
  },
  'BG1C-EXCHANGE-AWAY': {
    severity: 'error',
    scope: 'build',
    title: 'Папка обмена недоступна',
    message: 'Папка обмена {dir} недоступна: в ней нет папки inbox, хотя она уже работала',
    remedy: 'Подключите сетевую папку; если папка обмена новая, создайте в ней папку inbox',
  },
  'BG1C-INBOX-EMPTY': {
    severity: 'error',
    scope: 'build',
    title: 'Пустой файл во входящих',
    message: 'Файл {file} пуст',
    remedy: 'Выгрузите месяц ещё раз и положите файл в inbox',
  },
  'BG1C-INBOX-KIND': {
    severity: 'error',
    scope: 'build',
    title: 'Во входящих не выгрузка',
    message: '{file}: {reason}',
    remedy: 'Положите в inbox выгрузку месяца одним файлом zip (или XML, JSON) или одной папкой',
  },
  'BG1C-INBOX-REPEATED': {
    severity: 'notice',
    scope: 'build',
    title: 'Та же выгрузка уже обработана',
    message: 'Содержимое {file} уже обработано с теми же настройками; пакеты: {packages}',
    remedy: 'Ничего делать не нужно: новый пакет не создан. Выдать прежний ещё раз — bg1c rebuild',
  },
  'BG1C-INBOX-DEFECT': {
    severity: 'error',
    scope: 'build',
    title: 'Ошибка программы при сборке',
    message: 'Выгрузку {file} обработать не удалось: {reason}',
    remedy: 'Это ошибка программы, а не ваших данных: пришлите нам выгрузку и этот текст',
  },
  'BG1C-RECEIPT-READ': {
    severity: 'error',
    scope: 'build',
    title: 'Квитанция не читается',
    message: 'Квитанция {file} не принята: {reason}',
    remedy: 'Выдайте квитанцию ещё раз: в обработке 1С — «Перепроверить»',
  },
  'BG1C-RECEIPT-SIGNATURE': {
    severity: 'error',
    scope: 'build',
    title: 'Подпись квитанции неверна',
    message: 'Квитанция {file} не принята: {reason}',
    remedy: 'Проверьте, что ключ в 1С и в настройке exchange один и тот же, и выдайте квитанцию ещё раз',
  },
  'BG1C-RECEIPT-ALTERED': {
    severity: 'error',
    scope: 'build',
    title: 'Квитанция изменена',
    message: 'Квитанция {file} не принята: {reason}',
    remedy: 'Не правьте квитанции и пакеты; выдайте квитанцию ещё раз: в обработке 1С — «Перепроверить»',
  },
  'BG1C-RECEIPT-UNKNOWN': {
    severity: 'error',
    scope: 'build',
    title: 'Квитанция на неизвестный пакет',
    message: 'Квитанция {file} выдана на пакет {package}, часть {part}: в журнале их нет',
    remedy:
      'Если журнал потерян или заменён, восстановите его: bg1c restore; затем верните квитанцию в receipts',
  },
  'BG1C-RECEIPT-FOREIGN': {
    severity: 'warning',
    scope: 'build',
    title: 'Квитанция другой базы',
    message:
      'Квитанция {file} — не от базы из настроек, а от {infobase} ({connection}): сохранена, но не учтена',
    remedy:
      'Если это рабочая база, впишите в onec.infobase её id и строку соединения и выдайте квитанцию ещё раз: «Перепроверить»',
  },
  'BG1C-RECEIPT-REPEATED': {
    severity: 'notice',
    scope: 'build',
    title: 'Квитанция уже принята',
    message: 'Квитанция {file} уже принята раньше',
    remedy: 'Ничего делать не нужно',
  },
  'BG1C-RECEIPT-PARTIAL': {
    severity: 'warning',
    scope: 'build',
    title: 'Квитанция неполна',
    message:
      'Квитанция {file}: о документах пакета {package}, часть {part}, сказано не всё: {told} из {total}',
    remedy: 'Загрузите пакет ещё раз или перепроверьте его в обработке 1С: загруженное не повторится',
  },
  'BG1C-RECEIPT-OBJECTS': {
    severity: 'warning',
    scope: 'build',
    title: 'Не всё загружено в 1С',
    message: 'По квитанции {file} в базе нет или не загружены документы: {count}',
    remedy: 'Откройте протокол в обработке 1С: причина указана у каждого документа; список — bg1c status',
  },
  'BG1C-PASSPORT-READ': {
    severity: 'warning',
    scope: 'build',
    title: 'Паспорт базы не читается',
    message: 'Паспорт базы {file} не принят: {reason}',
    remedy: 'Выгрузите паспорт ещё раз: в обработке 1С — кнопка «Паспорт базы»',
  },
  'BG1C-PASSPORT-FOREIGN': {
    severity: 'warning',
    scope: 'build',
    title: 'Паспорт другой базы',
    message: 'Паспорт — не от базы из настроек, а от {infobase} ({connection}): при сборке он не учтён',
    remedy:
      'Если это рабочая база, впишите в onec.infobase её id и строку соединения; если нет — запишите паспорт из рабочей базы',
  },
  'BG1C-FORMAT-REFUSED': {
    severity: 'error',
    scope: 'usage',
    title: 'База не принимает эту версию формата',
    message:
      'В настройках EnterpriseData {version} (onec.format), а база 1С по её паспорту от {date} принимает: {accepted}',
    remedy:
      'Уберите onec.format — версия выберется по паспорту — или укажите одну из принимаемых; если базу обновили, запишите паспорт ещё раз',
  },
  'BG1C-FORMAT-NONE': {
    severity: 'error',
    scope: 'usage',
    title: 'Нет общей версии формата',
    message:
      'База 1С по её паспорту от {date} принимает версии EnterpriseData {accepted}, а программа знает {known}: общей нет',
    remedy: 'Добавьте описание версии из вашей 1С: bg1c schema import',
  },
  'BG1C-BASE-LOADER': {
    severity: 'error',
    scope: 'usage',
    title: 'В базе нет загрузчика EnterpriseData',
    message:
      'В базе 1С ({configuration}) по её паспорту от {date} нет обработки «Выгрузка и загрузка EnterpriseData»: пакет в неё не загрузить',
    remedy: 'Обновите конфигурацию 1С и запишите паспорт базы ещё раз',
  },
  'BG1C-BASE-ORGANIZATION': {
    severity: 'error',
    scope: 'build',
    title: 'Организации нет в базе 1С',
    message:
      'Организации «{organization}» ({requisites}) нет в базе 1С; по паспорту от {date} в ней: {known}',
    remedy:
      'Сверьте ИНН и КПП в настройках (organizations) с карточкой в 1С; если организацию завели недавно, запишите паспорт базы ещё раз',
  },
  'BG1C-PACKAGE-UNKNOWN': {
    severity: 'error',
    scope: 'usage',
    title: 'Пакета нет в журнале',
    message: 'В журнале нет пакета «{wanted}»',
    remedy: 'Укажите идентификатор пакета или месяц: bg1c status покажет, что есть',
  },
  'BG1C-PACKAGE-SOURCE': {
    severity: 'error',
    scope: 'build',
    title: 'Пакет нельзя собрать заново',
    message: 'Пакет № {seq} ({package}) нельзя собрать заново: {reason}',
    remedy: 'Возьмите файл из outbox/done или соберите пакет из исходной выгрузки: bg1c build',
  },
  'BG1C-PACKAGE-DIFFERS': {
    severity: 'error',
    scope: 'build',
    title: 'Повторная сборка дала другое',
    message: 'Пакет № {seq}, часть {part}: {entry} при повторной сборке отличается от выданного',
    remedy: 'Пакет собран версией {tool}; если она та же, это ошибка программы: пришлите нам оба файла',
  },
  'BG1C-CLOSE-SOURCE': {
    severity: 'error',
    scope: 'usage',
    title: 'Месяц не из базы данных',
    message: 'Закрыть месяц нельзя: источник {kind} — не база данных BGBilling',
    remedy: 'Укажите source.kind: bgbilling-db или положите выгрузку в inbox',
  },
  'BG1C-CLOSE-OPEN': {
    severity: 'error',
    scope: 'usage',
    title: 'Месяц ещё не закрыт',
    message: 'Месяц {period} в BGBilling ещё не закрыт: {closed}',
    remedy: 'Закройте период в BGBilling и повторите команду',
  },
  'BG1C-STATUS-NONE': {
    severity: 'error',
    scope: 'usage',
    title: 'В журнале ничего не нашлось',
    message: 'В журнале нет документов: {wanted}',
    remedy: 'Проверьте месяц и номер: номер — так, как он стоит в пакете',
  },
} as const satisfies Record<string, FaultEntry>;
