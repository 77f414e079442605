import { bitrix24Channel } from './bitrix24/documents.ts';
import type { Channel, ChannelName } from './channel.ts';
import { edoFolderChannel } from './edo-folder/channel.ts';
import { mailChannel } from './mail/channel.ts';
import { formPrinter } from './printed.ts';
import { sbisChannel } from './sbis/channel.ts';

/** The channels that documents can go through. */
const CHANNELS: readonly Channel[] = [
  sbisChannel(),
  edoFolderChannel(),
  mailChannel,
  bitrix24Channel(formPrinter),
];

export function channelNamed(name: ChannelName): Channel | undefined {
  return CHANNELS.find((channel) => channel.name === name);
}

export function configuredChannels(config: Parameters<Channel['configured']>[0]): Channel[] {
  return CHANNELS.filter((channel) => channel.configured(config));
}
