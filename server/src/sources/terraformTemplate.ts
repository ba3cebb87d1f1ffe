// Templates that Terraform renders into container definitions: `.tftpl`, `.tpl`. They say nothing by themselves; a root
// takes in their text, and what is JSON in them is edited as JSON.

import { basename } from '../base/uri.ts';
import { editJson, editJsonAll } from './jsonEdits.ts';
import type { Source } from './source.ts';

export const terraformTemplate: Source = {
  id: 'terraformTemplate',
  discovery: 'onDemand',
  claims: (uri) => (/\.(?:tftpl|tpl|tmpl)$/.test(basename(uri)) ? 'yes' : 'no'),
  extract: ({ uri }) => ({ uri, source: 'terraformTemplate', facts: [], problems: [] }),
  edit: editJson,
  editAll: editJsonAll,
};
