/** The call at the desk as it is typed, kept as a draft and sent. No screen in here. */
import { shortDate } from "$lib/design";
import type { Caller, InquiryChannel, Inquiry, InquiryForm } from "$lib/ipc/bindings";
import type { Who } from "../intakeForm";

export interface Typed {
  patient: string;
  patientId: string | null;
  chart: string;
  channel: InquiryChannel;
  caller: Caller;
  callerName: string;
  callerPhone: string;
  question: string;
  service: string;
  who: Who | null;
  whoText: string;
  askedOn: string | null;
  at: string;
  answeredOn: string | null;
  answeredAt: string;
  callbackOn: string | null;
  callbackAt: string;
  calledBackOn: string | null;
  signedUpOn: string | null;
  droppedOn: string | null;
  droppedReason: string;
}

export function blankCall(today: string, now: string): Typed {
  return {
    patient: "", patientId: null, chart: "", channel: "phone", caller: "patient", callerName: "", callerPhone: "", question: "", service: "", who: null, whoText: "",
    askedOn: today, at: now, answeredOn: today, answeredAt: now, callbackOn: null, callbackAt: "", calledBackOn: null, signedUpOn: null, droppedOn: null, droppedReason: "",
  };
}

export function isBlank(typed: Typed): boolean {
  return [typed.patient, typed.chart, typed.callerName, typed.callerPhone, typed.question, typed.service, typed.whoText].every((text) => text.trim() === "");
}

/** The minute of the day of "16:50"; null for nothing, undefined where it is no time. */
export function minuteOf(text: string): number | null | undefined {
  const plain = text.trim();
  if (plain === "") return null;
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(plain) ?? [];
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return Number(hour) * 60 + Number(minute);
}

/** "16:50" of a minute of the day. */
export function timeOf(minute: number | null): string {
  if (minute === null) return "";
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** "Sep 15, 16:50". */
export function moment(day: string | null, minute: number | null): string {
  if (day === null) return "—";
  return minute === null ? shortDate(day) : `${shortDate(day)}, ${timeOf(minute)}`;
}

const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

/** What is sent, or the fields whose time can't be read. */
export function toForm(typed: Typed): { form: InquiryForm } | { unread: string[] } {
  const minute = minuteOf(typed.at);
  const answeredMinute = minuteOf(typed.answeredAt);
  const callbackMinute = minuteOf(typed.callbackAt);
  if (minute === undefined || answeredMinute === undefined || callbackMinute === undefined) {
    return { unread: [...(minute === undefined ? ["minute"] : []), ...(answeredMinute === undefined ? ["answeredMinute"] : []), ...(callbackMinute === undefined ? ["callbackMinute"] : [])] };
  }
  return {
    form: {
      patient: { name: typed.patient.trim(), chartNumber: orNull(typed.chart), patient: typed.patientId },
      askedOn: typed.askedOn,
      minute,
      channel: typed.channel,
      caller: typed.caller,
      callerName: typed.caller === "patient" ? null : orNull(typed.callerName),
      callerPhone: orNull(typed.callerPhone),
      question: orNull(typed.question),
      serviceLine: orNull(typed.service),
      source: typed.who === null ? null : typed.who.kind === "known" ? typed.who.source : typed.who.kind === "new" ? { kind: "new_name", text: typed.who.text, class: typed.who.class } : { kind: typed.who.answer },
      answeredOn: typed.answeredOn,
      answeredMinute: typed.answeredOn === null ? null : answeredMinute,
      callbackOn: typed.callbackOn,
      callbackMinute: typed.callbackOn === null ? null : callbackMinute,
      calledBackOn: typed.calledBackOn,
      signedUpOn: typed.signedUpOn,
      droppedOn: typed.droppedOn,
      droppedReason: orNull(typed.droppedReason),
    },
  };
}

/** An inquiry on record, typed again. */
export function typedOf(one: Inquiry): Typed {
  return {
    patient: one.patient,
    patientId: one.patientId,
    chart: one.chartNumber ?? "",
    channel: one.channel,
    caller: one.caller,
    callerName: one.callerName ?? "",
    callerPhone: one.callerPhone ?? "",
    question: one.question ?? "",
    service: one.serviceLine ?? "",
    who: one.source === null ? null : { kind: "known", source: { kind: "known", partner: one.source, person: null }, title: one.sourceName ?? "", detail: "" },
    whoText: one.source === null ? "" : (one.sourceName ?? ""),
    askedOn: one.askedOn,
    at: timeOf(one.minute),
    answeredOn: one.answeredOn,
    answeredAt: timeOf(one.answeredMinute),
    callbackOn: one.callbackOn,
    callbackAt: timeOf(one.callbackMinute),
    calledBackOn: one.calledBackOn,
    signedUpOn: one.signedUpOn,
    droppedOn: one.droppedOn,
    droppedReason: one.droppedReason ?? "",
  };
}

/** The call a draft holds; null where it can't be read. */
export function readDraft(body: string, today: string, now: string): Typed | null {
  try {
    const kept = JSON.parse(body) as Partial<Typed> | null;
    if (typeof kept !== "object" || kept === null) return null;
    const typed = { ...blankCall(today, now), ...kept };
    const texts = [typed.patient, typed.chart, typed.callerName, typed.callerPhone, typed.question, typed.service, typed.whoText, typed.at, typed.answeredAt, typed.callbackAt];
    if (!texts.every((text) => typeof text === "string") || isBlank(typed)) return null;
    return typed;
  } catch {
    return null;
  }
}
