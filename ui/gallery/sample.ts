import type { PartnerStatus } from "$lib/design";

export interface SamplePartner { id: string; name: string; kind: string; status: PartnerStatus; last: string | null; months: number[] }

const names = ["Tamarack Physical Therapy", "Brandt Internal Medicine", "Lowmoor Pediatrics", "Pine Hollow Family Medicine", "Cove Street Urgent Care", "Kestrel Sports Chiropractic", "Ironwood Strength", "Bayberry Rheumatology", "Millrace Family Practice", "Quarry Street Imaging", "Saint Orrin Primary Care", "Port Ansel High School"];
const states: PartnerStatus[] = ["active", "active", "cooling", "active", "dormant", "prospect", "active", "ended"];
const two = (n: number) => String(n).padStart(2, "0");

export const partners: SamplePartner[] = Array.from({ length: 20_000 }, (_, i) => ({
  id: `p${i}`,
  name: `${names[i % names.length] ?? ""}${i >= names.length ? ` ${Math.floor(i / names.length) + 1}` : ""}`,
  kind: ["Physical therapy", "Primary care", "Pediatrics", "Family medicine"][i % 4] ?? "",
  status: states[i % states.length] ?? "active",
  last: i % 7 === 5 ? null : `2026-${two(((i * 5) % 11) + 1)}-${two(((i * 7) % 27) + 1)}`,
  months: Array.from({ length: 12 }, (_m, m) => (i * 3 + m * m * 7) % 5),
}));

export const months = Array.from({ length: 24 }, (_, i) => ({
  month: `${2024 + Math.floor((i + 11) / 12)}-${two(((i + 11) % 12) + 1)}`,
  up: (i * 7 + 3) % 6,
  down: (i * 5) % 4 === 0 ? 2 : i % 3,
}));
