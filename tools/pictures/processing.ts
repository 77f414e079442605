import { EPF_TEMPLATE } from '../../src/epf/build.ts';
import { loadTemplate } from '../../src/epf/description/load.ts';
import { drawForm, readPreview } from '../../src/epf/mock.ts';

/** 1C cuts what does not fit into a cell; in a picture nobody can widen the column. */
const WHOLE_CELLS =
  'td { max-width: none; vertical-align: top; } td.long { white-space: normal; min-width: 165px; }';

/** The form of the processing with a page open, as HTML; values come from `epf-template/preview.yaml`. */
export function formPage(page: string): string {
  const { loaded, faults } = loadTemplate(EPF_TEMPLATE);
  if (!loaded) throw new Error(faults.map(({ message }) => message).join('\n'));
  const { description } = loaded;
  const drawn = drawForm(description.forms[0]!, description, readPreview(EPF_TEMPLATE), page);
  return drawn
    .replace('</style>', `${WHOLE_CELLS}</style>`)
    .replaceAll(/<td>(?=[^<]{23})/g, '<td class="long">');
}
