/** What an export needs before it can be made, and what is still missing. */
import type { PatientIdentity, Period, RegisterFormat, RegisterOrder, WorkbookOrder } from "$lib/ipc/bindings";
import { exchangeStrings } from "./strings";

const words = exchangeStrings.order;

/** Patients are left out unless somebody asks for them and says what for. */
export interface PatientsForm { included: boolean; purpose: string }

export const noPatients: PatientsForm = { included: false, purpose: "" };

export const identityOf = (patients: PatientsForm): PatientIdentity =>
  patients.included ? { kind: "included", purpose: patients.purpose.trim() } : { kind: "omitted" };

const purposeMissing = (patients: PatientsForm): string | null => (patients.included && patients.purpose.trim() === "" ? words.purposeError : null);

export interface RegisterForm { format: RegisterFormat; span: "everything" | "between"; from: string | null; to: string | null; patients: PatientsForm }

export type Problems<K extends string> = Partial<Record<K, string>>;

/** The order, or what to put right beside which field. */
export function registerOrder(form: RegisterForm): { order: RegisterOrder } | { problems: Problems<"from" | "to" | "purpose"> } {
  const problems: Problems<"from" | "to" | "purpose"> = {};
  let period: Period | null = null;
  if (form.span === "between") {
    if (!form.from) problems.from = words.fromError;
    if (!form.to) problems.to = words.toError;
    if (form.from && form.to) {
      if (form.to < form.from) problems.to = words.orderError;
      else period = { from: form.from, to: form.to };
    }
  }
  const purpose = purposeMissing(form.patients);
  if (purpose) problems.purpose = purpose;
  return Object.keys(problems).length > 0 ? { problems } : { order: { format: form.format, period, patients: identityOf(form.patients) } };
}

export function workbookOrder(period: Period, pages: string, patients: PatientsForm): { order: WorkbookOrder } | { problems: Problems<"pages" | "purpose"> } {
  const problems: Problems<"pages" | "purpose"> = {};
  const wanted = /^\d{1,2}$/.test(pages.trim()) ? Number(pages) : -1;
  if (wanted < 0 || wanted > 50) problems.pages = words.pagesError;
  const purpose = purposeMissing(patients);
  if (purpose) problems.purpose = purpose;
  return Object.keys(problems).length > 0 ? { problems } : { order: { period, pages: wanted, patients: identityOf(patients) } };
}
