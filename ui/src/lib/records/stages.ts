/** Names of stages, and what somebody does to get to each. */

export const stageNames: Record<string, string> = {
  received: "Received", acknowledged: "Acknowledged", contacted: "Contacted", scheduled: "Scheduled", seen: "Seen",
  report_sent: "Report sent", returned: "Returned", closed: "Closed",
  decided: "Decided", packet_sent: "Packet sent", confirmed: "Confirmed", report_received: "Report received", patient_asked: "Patient asked",
  rebooked: "Missed the visit",
};

/** What is next, said as something to do. */
export const toReach: Record<string, string> = {
  acknowledged: "Acknowledge to the sender", contacted: "Reach the patient", scheduled: "Agree on a visit", seen: "See the patient",
  report_sent: "Send our report", returned: "Return the patient with a letter", closed: "Close it with its outcome",
  packet_sent: "Send the packet", confirmed: "Have the packet confirmed", report_received: "Get their report", patient_asked: "Ask the patient whether it helped",
  rebooked: "Agree on another visit",
};
export const toReachOutbound: Record<string, string> = { scheduled: "Hear their date", seen: "First visit there" };

export const eventNames: Record<string, string> = {
  attempt: "Tried to reach the patient", first_answer: "First answer", offered: "Visit offered", appointment: "Time of the visit", arrived: "Patient came in",
  thanked: "Thanked", home_doctor_told: "Home doctor told", no_show: "Did not come", closed_before: "Was closed", reopened: "Opened again", rebooked: "Another visit agreed",
};

export const requiredNames: Record<string, string> = {
  reason: "reason", service_line: "service line", payer: "payer", urgency: "urgency", type: "type", person: "person", scheduled_on: "day of the visit",
  seen_on: "day seen", outcome: "outcome", checklist: "every item of the checklist",
};

export const stageName = (code: string, own: string | null): string => own ?? stageNames[code] ?? code;
export const nextText = (code: string, outbound: boolean): string => (outbound ? toReachOutbound[code] : undefined) ?? toReach[code] ?? stageNames[code] ?? code;
