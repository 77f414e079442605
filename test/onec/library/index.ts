import type { Library } from '../language/session.ts';
import { arrays } from './array.ts';
import { binaries } from './binary.ts';
import { conversions } from './convert.ts';
import { dates } from './dates.ts';
import { mergeLibraries } from './define.ts';
import { errorInformation } from './errors.ts';
import { files } from './files.ts';
import { propertyFilling } from './fill-properties.ts';
import { formatting } from './format.ts';
import { jsonReading } from './json-read.ts';
import { jsonWriting } from './json-write.ts';
import { maps } from './map.ts';
import { userMessages } from './messages.ts';
import { notifications } from './notification.ts';
import { numbers } from './numbers.ts';
import { strings } from './strings.ts';
import { structures } from './structure.ts';
import { temporaryStorage } from './temporary-storage.ts';
import { textFiles } from './text-files.ts';
import { typeDescriptions } from './type-description.ts';
import { uuids } from './uuid.ts';
import { valueLists } from './value-list.ts';
import { valueTables } from './value-table.ts';
import { xmlReading } from './xml-read.ts';
import { xmlWriting } from './xml-write.ts';
import { zips } from './zip.ts';

/** The platform without a base: what a module may use in any configuration. */
export const platformLibrary: Required<Library> = mergeLibraries([
  strings,
  numbers,
  dates,
  conversions,
  formatting,
  arrays,
  structures,
  maps,
  valueLists,
  valueTables,
  typeDescriptions,
  propertyFilling,
  uuids,
  errorInformation,
  binaries,
  files,
  textFiles,
  jsonReading,
  jsonWriting,
  xmlReading,
  xmlWriting,
  zips,
  temporaryStorage,
  userMessages,
  notifications,
]);
