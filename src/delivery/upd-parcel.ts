import type { Config } from '../config/types.ts';
import { type Fault, fault } from '../faults/fault.ts';
import { updSource } from '../formats/upd/collect.ts';
import { isUpdDocument, moscowMoment, type UpdSource } from '../formats/upd/source.ts';
import { createUpdWriter, type UpdFile } from '../formats/upd/write.ts';
import type { DocumentSource } from '../model/document-source.ts';
import type { Parcel } from './channel.ts';

/** Participants of electronic exchange, as far as they are known; ИНН and КПП stand in for the others. */
export interface Participants {
  sender?: string | undefined;
  receiver?: string | undefined;
}

/** Makes the УПД file of a parcel of one document. */
export interface UpdPacker {
  pack(parcel: Parcel, participants?: Participants): { file?: UpdFile; source?: UpdSource; faults: Fault[] };
  dispose(): void;
}

/** Companies and sole traders; a person takes no part in electronic exchange, a bill is no УПД. */
export function becomesUpd({ document, counterparty }: DocumentSource): boolean {
  return isUpdDocument(document) && counterparty.kind !== 'person';
}

export function createUpdPacker({ organizations }: Config): UpdPacker {
  const writer = createUpdWriter();
  return {
    pack({ organization, documents, formed }, { sender, receiver } = {}) {
      const seller = organizations.find(({ code }) => code === organization.code);
      if (!seller?.signer) return { faults: [fault('BG1C-UPD-SIGNER', { organization: organization.name })] };
      const source = updSource(documents[0]!)!;
      const { file, faults } = writer.write(source, {
        signer: seller.signer,
        sender: seller.edoId ?? sender,
        receiver: () => receiver,
        formed: moscowMoment(formed),
      });
      return { source, faults, ...(file && { file }) };
    },
    dispose: () => writer.dispose(),
  };
}
