// Edit intents as text edits of Terraform.

import type { SourceFile, TextEdit } from '../../base/text.ts';
import type { EditIntent } from '../../facts/edit.ts';

export function editTerraform(_file: SourceFile, _intent: EditIntent): readonly TextEdit[] {
  return [];
}
