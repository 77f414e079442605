import { readFileSync } from 'node:fs';
import type { Bitrix24Config } from '../../config/types.ts';
import { type Fault, fault } from '../../faults/fault.ts';

/** How a portal is reached. The address of a webhook is a secret: it is never printed, logged or kept. */
export interface Access {
  /** Host of the portal: what the journal and people know it by. */
  portal: string;
  /** Address that a method's name is added to. */
  base: string;
  /** Token of an application (OAuth); absent for a webhook. `fresh`: the last one was refused. */
  token?: ((fresh: boolean) => Promise<string>) | undefined;
}

/** The webhook of the settings; a fault where it cannot be had. */
export function webhookAccess({ webhookEnv, webhookFile }: Bitrix24Config): {
  access?: Access;
  fault?: Fault;
} {
  if (webhookEnv !== undefined) {
    const text = process.env[webhookEnv]?.trim() ?? '';
    if (text === '') return refused('webhookEnv', `переменная окружения ${webhookEnv} не задана или пуста`);
    return parsed('webhookEnv', text);
  }
  if (webhookFile === undefined)
    return refused('webhookEnv', 'не указано, где взять адрес входящего вебхука');
  try {
    return parsed('webhookFile', readFileSync(webhookFile, 'utf8').trim());
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refused('webhookFile', `файл ${webhookFile} не читается (${code})`);
  }
}

/** `https://<portal>/rest/<user>/<secret>/`; plain http only to this machine. */
const WEBHOOK = /^(https:\/\/[^/\s]+|http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?)\/rest\/\d+\/[^/\s]+\/?$/;

function parsed(key: string, text: string): { access?: Access; fault?: Fault } {
  if (!WEBHOOK.test(text))
    return refused(key, 'это не адрес вебхука: нужен вид https://портал/rest/номер/секрет/');
  return { access: { portal: new URL(text).host, base: text.endsWith('/') ? text : `${text}/` } };
}

function refused(name: string, reason: string): { fault: Fault } {
  const key = `channels.bitrix24.${name}`;
  return { fault: fault('BG1C-CONFIG-VALUE', { key, reason }, { path: key }) };
}
