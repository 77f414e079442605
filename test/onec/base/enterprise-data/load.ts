import { listProfiles, loadProfile } from '../../../../src/schema/load.ts';
import { BslException, Unsupported } from '../../language/errors.ts';
import type { Session } from '../../language/session.ts';
import { isFilled } from '../../library/convert.ts';
import { putField } from '../../library/structure.ts';
import { newUuid } from '../../library/uuid.ts';
import { fillAccounts } from '../accounts.ts';
import type { Base } from '../base.ts';
import { mainContract } from '../main-contract.ts';
import { fullName } from '../metadata/types.ts';
import { checkFilling } from '../objects/check-filling.ts';
import { getField, openObject, setField } from '../objects/data-object.ts';
import { markForDeletion, removeObject, writeObject } from '../objects/write.ts';
import { exists } from '../reference.ts';
import { placeCorrections } from './corrections.ts';
import { loadObject } from './identify.ts';
import { type LoadState, referenceKey } from './load-state.ts';
import { type Node, openMessage } from './node.ts';
import { DELETED, receivingRule } from './rules.ts';
import { structureProblem } from './structure.ts';

/** Elements of the format that the profile leaves out because we never write them; their structure is not checked. */
const UNCHECKED = ['Справочник.Организации'];

/**
 * Loads a message as ВыгрузкаЗагрузкаEnterpriseData does without a node (facts: enterprise-data §10, §12; БСП 3.1.12).
 * An object that is not of its type stops everything there: what came before it stays. An error while an object is
 * converted stops that object, and with it all that happens at the end.
 * @returns errors of single objects
 * @throws BslException where the load was stopped
 */
export function loadMessage(base: Base, session: Session, text: string): string[] {
  const message = openMessage(text);
  const version = message.format.split(' ')[0]!.split('/').at(-1)!;
  if (!base.profile.formatVersions.includes(version))
    throw new BslException(`Не поддерживается версия формата обмена: <${version}>.`);
  if (!listProfiles('enterprise-data').includes(version))
    throw new Unsupported(`EnterpriseData ${version}: нет описания типов`);
  const state: LoadState = {
    base,
    session,
    schema: loadProfile('enterprise-data', version),
    stubs: new Map(),
    loaded: [],
    repost: new Map(),
    deletions: [],
    errors: [],
  };
  for (const node of message.objects) loadNode(state, node);
  if (state.errors.length === 0) finish(state);
  return state.errors;
}

function loadNode(state: LoadState, node: Node): void {
  const { schema, base } = state;
  const type = node.namespace === schema.namespace ? schema.roots[node.name] : undefined;
  const unchecked = node.namespace === schema.namespace && UNCHECKED.includes(node.name);
  // A type that the base does not know is passed over without a word.
  if (type === undefined && !unchecked) return;
  if (type !== undefined) {
    const problem = structureProblem(schema, type, node);
    if (problem !== undefined)
      throw new BslException(
        `Ошибка при загрузке данных: Ошибка проверки/преобразования данных XDTO: ${problem}`,
      );
  }
  if (node.name === 'УдалениеОбъекта') {
    noteDeletion(state, node);
    return;
  }
  // So is one that the configuration has no rule for.
  const rule = receivingRule(base.profile, node.name);
  if (!rule) return;
  try {
    loadObject(state, rule, node);
  } catch (error) {
    if (!(error instanceof BslException)) throw error;
    const text = `${node.name}: ${error.message}`;
    state.errors.push(text);
    base.log.push({ event: 'Обмен данными', level: 'Ошибка', comment: text });
  }
}

function noteDeletion({ base, deletions }: LoadState, node: Node): void {
  const reference = node.children[0]?.children[0]?.children[0];
  const name = reference && DELETED[reference.name];
  if (name) deletions.push(base.reference(name, newUuid(reference.text).uuid));
}

function finish(state: LoadState): void {
  const { base, session } = state;
  const loaded = new Set(state.loaded.map(referenceKey));
  for (const reference of state.deletions)
    if (!loaded.has(referenceKey(reference)) && exists(base, reference))
      markForDeletion(openObject(base, reference), true, session);
  if (!base.profile.keepsStubs) for (const stub of state.stubs.values()) removeObject(openObject(base, stub));
  fillSales(state);
  placeCorrections(state);
  repost(state);
}

/** БП fills a missing contract and the accounts of what it loaded. */
function fillSales({ base, session, loaded }: LoadState): void {
  for (const reference of loaded.filter(({ meta }) => fullName(meta) === 'Документ.РеализацияТоваровУслуг')) {
    const sale = openObject(base, reference);
    const contract = isFilled(getField(sale, 'ДоговорКонтрагента')) ? undefined : mainContract(sale);
    if (contract) setField(sale, 'ДоговорКонтрагента', contract);
    fillAccounts(sale);
    sale.loading = true;
    writeObject(sale, 'write', session);
  }
}

/** Documents that were posted are posted again by the configuration's rules, a closed period notwithstanding. */
function repost({ base, session, repost: documents }: LoadState): void {
  for (const reference of documents.values()) {
    const document = openObject(base, reference);
    putField(document.additional, 'ПропуститьПроверкуЗапретаИзменения', true);
    try {
      if (checkFilling(document, session)) writeObject(document, 'post', session);
    } catch (error) {
      if (!(error instanceof BslException)) throw error;
      base.log.push({
        event: 'Обмен данными',
        level: 'Ошибка',
        comment: `Документ не проведен: ${error.message}`,
      });
    }
  }
}
