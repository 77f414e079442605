import type { Fault } from '../../faults/fault.ts';
import { serveTasks } from '../../support/worker.ts';
import type { UpdSetting, UpdSource } from './source.ts';
import { createUpdWriter } from './write.ts';

/** A thread that makes УПД files. */

export interface MakeData {
  setting: UpdSetting;
  checkSchema: boolean;
}

/** As `UpdWriter.write` returns it, copied: the bytes are no Buffer any more. */
export interface MadeUpd {
  file?: { id: string; name: string; bytes: Uint8Array };
  faults: Fault[];
}

serveTasks(({ setting, checkSchema }: MakeData) => {
  const writer = createUpdWriter({ checkSchema });
  return (sources: readonly UpdSource[]): MadeUpd[] => sources.map((source) => writer.write(source, setting));
});
