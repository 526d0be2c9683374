/** Invented records for looking at paper. */
import type { Conversion, Figures, PartnerMatch, PartnerPage, PartnerScorecard, Ratio, Scorecards } from "../src/lib/ipc/bindings";
import { months } from "./sample";

const ratio = (a: number, b: number): Ratio => ({ a, b, percent: b < 5 ? null : (100 * a) / b, low: null, high: null, size: b < 5 ? "too_few" : b < 20 ? "few" : "enough" });
const conversion: Conversion = { ratio: ratio(14, 16), pending: 1 };
const series = months.map(({ up }) => up);
const figures: Figures = {
  received: 17, seen: 14, noShow: 1, declined: 1, lost: 0, open: 1, months: series.slice(12), conversion, timeToConversion: { median: 9, p90: 21, n: 14 },
  lastOn: "2026-07-16", change: { before: 18, difference: -1, percent: -5.6 },
};
const period = { from: "2025-11-22", to: "2026-11-21", asOf: "2026-11-21", before: { from: "2024-11-22", to: "2025-11-21" } };
const day = { median: 3, p90: 8, n: 14 };
const point = (kind: "phone" | "email", value: string, id: string) => ({ id, kind, value, label: "", preferred: false }) as never;

export const onPaper = {
  card: {
    card: { partner: "p", name: "Pine Hollow Family Medicine", class: "medical", type: "primary_care", owner: "Tess Lindqvist", status: "cooling", ...figures },
    period,
    months: months.slice(12).map(({ month, up }) => ({ month, received: up })),
    monthsBefore: months.slice(0, 12).map(({ month, up }) => ({ month, received: up })),
    steps: [{ code: "received", ratio: ratio(17, 17), days: { median: null, p90: null, n: 0 } }, { code: "scheduled", ratio: ratio(16, 17), days: day }, { code: "seen", ratio: ratio(14, 16), days: { median: 9, p90: 21, n: 14 } }],
    people: [{ person: "k", name: "Dr. Keiko Ito", received: 12, seen: 11 }, { person: "r", name: "Rosa Stroud", received: 3, seen: 2 }, { person: null, name: null, received: 2, seen: 1 }],
  } as unknown as PartnerScorecard,
  practice: {
    period, months: [], rows: [], withoutPartner: figures, totals: { ...figures, received: 412, seen: 318, open: 40, noShow: 24, declined: 18, lost: 12 },
    summary: {
      practice: "Wrenfield", received: 412, sent: 96, internal: 8, partnersSending: 64, partners: 247, newPatients: 380, captureRate: ratio(322, 380), askedRate: ratio(360, 380), unknownShare: ratio(58, 380),
      byClass: [{ code: "medical", ratio: ratio(280, 380) }, { code: "business", ratio: ratio(40, 380) }], byType: [], conversion: { ratio: ratio(318, 390), pending: 22 }, conversionMature: null, conversionBefore: null,
      months: months.map(({ month, up }) => ({ month, received: up * 6 })), top: ["Tamarack Physical Therapy", "Brandt Internal Medicine", "Saint Orrin Primary Care"].map((name, i) => ({ partner: name, name, share: ratio(59 - i * 9, 412) })),
      flow: { mean: 31.3, variation: 0.2, months: 24 }, concentration: { top1: ratio(59, 412), top3: ratio(150, 412), top5: ratio(201, 412) },
    },
  } as unknown as Scorecards,
  partner: {
    header: { id: "p", name: "Pine Hollow Family Medicine", class: "medical", type: "primary_care", specialty: null, npi: "1245319599", individual: null, parent: null, city: "Port Ansel", status: "cooling", windowDays: 36, owner: { id: "t", name: "Tess Lindqvist" }, tags: [{ id: "s", name: "Sports" }], endedOn: null, endedReason: null, trashedAt: null, changedAt: null },
    people: [
      { affiliation: "a", id: "k", name: "Dr. Keiko Ito", role: "physician", influence: {}, isPrimary: true, fromOn: null, toOn: null, current: true, npi: null, connectionNote: null, contactPoints: [point("phone", "(207) 555-0146", "1")], receivedYear: 12 },
      { affiliation: "b", id: "r", name: "Rosa Stroud", role: "referral_coordinator", influence: {}, isPrimary: false, fromOn: null, toOn: null, current: true, npi: null, connectionNote: null, contactPoints: [point("email", "rosa.stroud@pinehollow.example", "2")], receivedYear: 3 },
    ],
    contactPoints: [point("phone", "(207) 555-0118", "3"), point("email", "office@pinehollow.example", "4")],
    addresses: [{ id: "a", kind: "office", street: "12 Wharf Lane", street2: "Suite 4", city: "Port Ansel", state: "ME", zip: "04390", country: "" }],
    notes: "Rosa picks up before nine. Dr. Ito likes a short letter after each visit, with the plan in the first line.",
    beginning: {}, sites: [], counts: { receivedYear: 17, sentYear: 8, received: 61, sent: 22, seen: 52, firstOn: "2020-07-02", lastOn: "2026-07-16", daysSilent: 61 },
    months: months.map(({ month, up, down }) => ({ month, received: up, sent: down })), completeness: {},
  } as unknown as PartnerPage,
  handOut: [
    { partner: "a", name: "Lakeside Physical Therapy", specialties: ["Physical therapy", "Knees"], phone: "(207) 555-0142", address: "4 Shore Road, Portland, ME 04101", strengths: { languages: ["English", "Spanish"], insurances: ["Maine Community Health", "Harbor Mutual"], distanceM: 5200, costs: ["Sliding scale"], technologies: ["Video visits"], contactTimes: ["Mornings"], needs: ["Step-free"] } },
    { partner: "b", name: "Dr. Amara Featherstonehaugh-Whitcombe, Center for Movement and Joint Preservation of the Northern Counties", specialties: ["Orthopedics"], phone: null, address: "1180 Congress Street, Suite 400, South Portland, ME 04106", strengths: { languages: [], insurances: [], distanceM: null, costs: [], technologies: [], contactTimes: [], needs: [] } },
    { partner: "c", name: "Northside Gym", specialties: [], phone: "(207) 555-0177", address: null, strengths: { languages: ["English"], insurances: [], distanceM: 800, costs: ["Free first month"], technologies: [], contactTimes: ["Evenings and weekends"], needs: [] } },
  ] as unknown as PartnerMatch[],
};
