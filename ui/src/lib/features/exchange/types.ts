/** The shapes of an import as the screens name them, taken from what the commands answer. */
import type { ImportView, PlanPage, PlanView } from "$lib/ipc/bindings";

export type Understood = ImportView["understood"];
export type Overrides = ImportView["overrides"];
export type FileColumn = Understood["columns"][number];
export type Field = FileColumn["guess"];
export type DateOrder = NonNullable<FileColumn["dateOrder"]>;
export type Word = Understood["words"][number];
export type Meaning = NonNullable<Word["meaning"]>;
export type TableKind = Understood["kind"];
export type DecimalSign = Understood["decimal"];
export type Counts = PlanView["counts"];
export type PlanRow = PlanPage["rows"][number];
export type Fate = PlanRow["fate"];
