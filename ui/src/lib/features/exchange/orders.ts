/** What an export needs before it can be made, and what is still missing. */
import type { Basis, PatientIdentity, Period, Purpose, RegisterFormat, RegisterOrder, WorkbookOrder } from "$lib/ipc/bindings";
import { exchangeStrings } from "./strings";

const words = exchangeStrings.order;

/** Patients are left out unless somebody asks for them and says for whom, what for and on what ground. */
export interface PatientsForm { included: boolean; purpose: string; recipient: string; address: string; basis: Basis | ""; authorisedFor: Purpose | "" }

export const noPatients: PatientsForm = { included: false, purpose: "", recipient: "", address: "", basis: "", authorisedFor: "" };

/** The fields that stand beside the choice, and what is missing in them. */
export type PatientField = "purpose" | "recipient" | "basis" | "authorisedFor";

function identityOf(patients: PatientsForm, problems: Problems<PatientField>): PatientIdentity {
  if (!patients.included) return { kind: "omitted" };
  const [name, address, purpose] = [patients.recipient.trim(), patients.address.trim(), patients.purpose.trim()];
  if (name === "") problems.recipient = words.recipientError;
  if (purpose === "") problems.purpose = words.purposeError;
  if (patients.basis === "") problems.basis = words.basisError;
  const authorised = patients.basis === "authorisation";
  if (authorised && patients.authorisedFor === "") problems.authorisedFor = words.authorisedError;
  const authorisedFor = authorised && patients.authorisedFor !== "" ? patients.authorisedFor : null;
  return { kind: "included", to: { name, address, purpose, basis: patients.basis === "" ? "other" : patients.basis }, authorisedFor };
}

export interface RegisterForm { format: RegisterFormat; span: "everything" | "between"; from: string | null; to: string | null; patients: PatientsForm }

export type Problems<K extends string> = Partial<Record<K, string>>;

/** The order, or what to put right beside which field. */
export function registerOrder(form: RegisterForm): { order: RegisterOrder } | { problems: Problems<"from" | "to" | PatientField> } {
  const problems: Problems<"from" | "to" | PatientField> = {};
  let period: Period | null = null;
  if (form.span === "between") {
    if (!form.from) problems.from = words.fromError;
    if (!form.to) problems.to = words.toError;
    if (form.from && form.to) {
      if (form.to < form.from) problems.to = words.orderError;
      else period = { from: form.from, to: form.to };
    }
  }
  const patients = identityOf(form.patients, problems);
  return Object.keys(problems).length > 0 ? { problems } : { order: { format: form.format, period, patients } };
}

/** Who stands by name on a paper, or what to put right beside which field. */
export function paperIdentity(patients: PatientsForm): { identity: PatientIdentity } | { problems: Problems<PatientField> } {
  const problems: Problems<PatientField> = {};
  const identity = identityOf(patients, problems);
  return Object.keys(problems).length > 0 ? { problems } : { identity };
}

export function workbookOrder(period: Period, pages: string, form: PatientsForm): { order: WorkbookOrder } | { problems: Problems<"pages" | PatientField> } {
  const problems: Problems<"pages" | PatientField> = {};
  const wanted = /^\d{1,2}$/.test(pages.trim()) ? Number(pages) : -1;
  if (wanted < 0 || wanted > 50) problems.pages = words.pagesError;
  const patients = identityOf(form, problems);
  return Object.keys(problems).length > 0 ? { problems } : { order: { period, pages: wanted, patients } };
}
