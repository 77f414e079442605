import type { Scenario } from '../scenario.ts';
import { BASE } from './base.ts';
import { CARDS } from './cards.ts';
import { CHANGED } from './changed.ts';
import { CONTRACTS } from './contracts.ts';
import { CORRECTIONS } from './corrections.ts';
import { DELETIONS } from './deletions.ts';
import { HERS } from './hers.ts';
import { PLAIN } from './plain.ts';
import { REFUSALS } from './refusals.ts';

/** All stories, by what stands in the way. */
export const STORIES: Readonly<Record<string, readonly Scenario[]>> = {
  'ничто не мешает': PLAIN,
  'её документы': HERS,
  'её правки': CHANGED,
  'исправления после сдачи месяца': CORRECTIONS,
  'чего больше нет в BGBilling': DELETIONS,
  'её карточки': CARDS,
  'её договоры и услуги': CONTRACTS,
  'сама база не даёт': BASE,
  'пакет не принят': REFUSALS,
};
