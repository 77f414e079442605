import { COMMANDS } from './commands.ts';
import { FORM } from './form.ts';
import type { Walk } from './walk.ts';

export const WALKS: readonly Walk[] = [...FORM, ...COMMANDS];
