import type { Plan, PlanContext } from './plan.ts';
import { planItem } from './plan-item.ts';
import { planRequisite } from './plan-requisite.ts';

/** Compares a card with what the portal holds. Pure: the same question has the same answer. */
export function planCard(context: PlanContext): Plan {
  const plan: Plan = { steps: [], agreed: [], dropped: [], findings: [] };
  planItem(context, plan);
  planRequisite(context, plan);
  return plan;
}
