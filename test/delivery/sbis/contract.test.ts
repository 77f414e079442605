import { channelContract } from '../contract.ts';
import { openSbis, TROUBLES } from './side.ts';

channelContract('sbis, signed on the server', { troubles: TROUBLES, open: () => openSbis() });
channelContract('sbis, drafts', { troubles: TROUBLES, open: () => openSbis({ mode: 'draft' }) });
