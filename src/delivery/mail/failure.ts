import type { NodemailerError } from 'nodemailer';
import { ChannelError } from '../channel.ts';

/** Pause after an answer that speaks of the server's own limits, ms. */
const LIMIT_PAUSE = 15 * 60_000;
const OF_LIMITS = /rate|limit|quota|too many|try again later|frequen|превыш|лимит|слишком/i;
const ANSWER_LENGTH = 300;

/**
 * What a failed letter means (facts: measured at servers that drop the connection at each step). An answer of the server
 * is certain. Without one it matters whether it had the whole letter: the error itself looks the same.
 * @param handedOver the server was given the last byte
 */
export function failureOf(error: NodemailerError, handedOver: boolean): ChannelError {
  const { code = '', responseCode, command = '' } = error;
  const setting = settingOf(error);
  if (setting) return setting;
  if (responseCode !== undefined) return answered(responseCode, command, code, answerOf(error));
  if (code === 'EENVELOPE')
    return new ChannelError('rejected', 'smtp-envelope', 'почтовый сервер не принимает адреса письма');
  return handedOver
    ? new ChannelError(
        'unknown',
        'smtp-no-answer',
        'связь прервалась, когда письмо было уже передано: ответа нет',
      )
    : new ChannelError(
        'before',
        `smtp-${code.toLowerCase() || 'broken'}`,
        `нет связи с почтовым сервером${causeOf(error)}`,
      );
}

/** What keeps us from the server, by what the system or the library calls it. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'на этом порту никто не отвечает'],
  [/ENOTFOUND|EAI_AGAIN|EDNS/, 'имя сервера не находится'],
  [/EHOSTUNREACH|ENETUNREACH/, 'до него нет дороги в сети'],
  [/ETIMEDOUT|timeout/i, 'ответ не пришёл вовремя'],
  [/ECONNRESET|EPIPE|closed unexpectedly/i, 'соединение оборвалось'],
];

function causeOf({ code = '', message }: NodemailerError): string {
  const cause = CAUSES.find(([name]) => name.test(`${code} ${message}`))?.[1];
  return cause === undefined ? '' : `: ${cause}`;
}

/** How the encryption of a connection fails, in the words of OpenSSL. */
const OF_CERTIFICATES = /certificate|self[- ]signed|altnames|ssl routines|tlsv1|wrong version number/i;

/** What a person has to mend in the settings before any letter can go. */
function settingOf({ code, responseCode = 500, message }: NodemailerError): ChannelError | undefined {
  const halt = (name: string, text: string): ChannelError => new ChannelError('halted', name, text);
  const noLogin = code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2';
  if (noLogin && responseCode >= 500) return halt('smtp-auth', 'почтовый сервер не принимает имя или пароль');
  if (code === 'ECONFIG') return halt('smtp-settings', 'настройки почтового сервера не подходят');
  if (code === 'ETLS') return halt('smtp-tls', 'почтовый сервер не шифрует соединение (smtp.security)');
  if (code === 'ESOCKET' && OF_CERTIFICATES.test(message))
    return halt('smtp-certificate', `сертификату почтового сервера нельзя верить: ${message}`);
  return undefined;
}

/** An answer of the server to a command, or to the letter itself. */
function answered(status: number, command: string, code: string, answer: string): ChannelError {
  const name = `smtp-${status}`;
  if (status < 500) {
    const pause = status === 452 || OF_LIMITS.test(answer) ? LIMIT_PAUSE : undefined;
    return new ChannelError('before', name, `почтовый сервер отложил письмо: ${answer}`, pause);
  }
  const ofThisLetter =
    code === 'EMESSAGE' ||
    command === 'DATA' ||
    command === 'RCPT TO' ||
    (command === 'MAIL FROM' && status === 552);
  return ofThisLetter
    ? new ChannelError('rejected', name, `почтовый сервер отказал: ${answer}`)
    : new ChannelError('halted', name, `почтовый сервер не принимает от нас писем: ${answer}`);
}

/** In one line, short. */
export function answerOf({ response, message }: NodemailerError): string {
  return (response ?? message).replace(/\s+/g, ' ').trim().slice(0, ANSWER_LENGTH);
}

/** `5.1.1` out of «550 5.1.1 user unknown»; without it by the answer: 550 is said of users who are not there. */
export function codeOf(status: number | undefined, answer: string): string {
  return (
    /\b([45]\.\d{1,3}\.\d{1,3})\b/.exec(answer)?.[1] ??
    (status === 550 ? '5.1.1' : `${Math.trunc((status ?? 500) / 100)}.0.0`)
  );
}

/** Whether a code says that there is no such address; 5.1.7 and 5.1.8 are said of the sender's. */
export function isWrongAddress(code: string): boolean {
  return /^5\.1\.(?!7$|8$)/.test(code);
}
