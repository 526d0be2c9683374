/** What a slip or a packet is made of while the dialog is open. */
import type { ChosenFile, PacketChosen, PacketDocument, PacketFormat, PacketOrder, PacketView, Recipient } from "$lib/ipc/bindings";
import { packetStrings as words } from "./strings";

export type Kind = "slip" | "packet";
export type Ending = "pdf" | "docx" | "zip";

export interface PacketForm {
  kind: Kind;
  slipAs: "pdf" | "docx";
  packetAs: "pdf" | "zip";
  to: Recipient;
  message: string;
  documents: readonly PacketDocument[];
  files: readonly PacketChosen[];
  password: string;
}

/** What the dialog begins with. */
export function begun(view: PacketView): PacketForm {
  return { kind: "slip", slipAs: "pdf", packetAs: "pdf", to: view.to, message: "", documents: view.documents, files: [], password: "" };
}

export const endingOf = (form: PacketForm): Ending => (form.kind === "slip" ? form.slipAs : form.packetAs);

export function formatOf(form: PacketForm): PacketFormat {
  if (form.kind === "slip") return form.slipAs === "pdf" ? "slip_pdf" : "slip_word";
  return form.packetAs === "pdf" ? "packet_pdf" : "packet_zip";
}

export function orderOf(form: PacketForm): PacketOrder {
  const message = form.message.trim();
  return { format: formatOf(form), to: form.to, message: message === "" ? null : message, documents: [...form.documents] };
}

/** A name that tells no patient. */
export const suggestedName = (form: PacketForm, day: string) => (form.kind === "slip" ? words.fileSlip : words.filePacket)(day, endingOf(form));

export const missingOf = (documents: readonly PacketDocument[]) => documents.filter((one) => !one.enclosed).map((one) => one.name);

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** The list with one more, enclosed; null if it is there already. */
export function added(documents: readonly PacketDocument[], name: string): PacketDocument[] | null {
  if (documents.some((one) => same(one.name, name))) return null;
  return [...documents, { name: name.trim(), enclosed: true }];
}

/** A file called `imaging-report_final.pdf` is probably the imaging report. */
export function guessed(file: ChosenFile, documents: readonly PacketDocument[], taken: readonly PacketChosen[]): PacketChosen {
  const bare = file.name.replace(/\.[^.]*$/, "").toLowerCase();
  const free = documents.filter((one) => !taken.some((chosen) => same(chosen.name, one.name)));
  const fits = free.find((one) => one.name.toLowerCase().split(/\s+/).every((word) => bare.includes(word)));
  const only = free.length === 1 ? free[0] : undefined;
  return { token: file.token, name: (fits ?? only)?.name ?? "" };
}

/** What a file is called ticks the document it is. */
export function ticked(documents: readonly PacketDocument[], name: string): readonly PacketDocument[] {
  if (name.trim() === "") return documents;
  return documents.map((one) => (same(one.name, name) ? { ...one, enclosed: true } : one));
}

/** The fields a refusal stands beside. */
export const fields = ["recipient", "address", "purpose", "message", "documents", "files", "password"] as const;
export type PacketField = (typeof fields)[number];
export const isField = (field: string | null): field is PacketField => fields.some((one) => one === field);
