/** What the register shows. Kept in memory while the practice is open, so that one finds it as one left it. */
import type { Direction, PartnerClass, ReferralQuery, ReferralSort, ReferralState, RegisterPreset } from "$lib/ipc/bindings";

export interface RegisterFilter {
  text: string;
  period: RegisterPreset | "own" | "";
  from: string | null;
  to: string | null;
  direction: Direction | "";
  states: readonly ReferralState[];
  classes: readonly PartnerClass[];
  partner: { id: string; name: string } | null;
  diagnosisGroup: string;
  /** Two letters. */
  country: string;
}

export const noFilter: RegisterFilter = { text: "", period: "", from: null, to: null, direction: "", states: [], classes: [], partner: null, diagnosisGroup: "", country: "" };

export type RegisterTab = "all" | "open" | "scheduled" | "inbound" | "outbound";

/** A tab is a filter with a name. */
export const tabs: Record<RegisterTab, Partial<RegisterFilter>> = {
  all: {},
  open: { states: ["open", "scheduled"] },
  scheduled: { states: ["scheduled"] },
  inbound: { direction: "inbound" },
  outbound: { direction: "outbound" },
};

export interface RegisterOrder { sort: ReferralSort; reversed: boolean }

/** The table sorts up or down; the register says newest first and A to Z unless reversed. */
export function orderOf(column: string, descending: boolean): RegisterOrder {
  const sort = (["received", "patient", "partner", "outcome"] as const).find((known) => known === column) ?? "received";
  return { sort, reversed: sort === "received" ? !descending : descending };
}

export function sortOf({ sort, reversed }: RegisterOrder): { column: string; descending: boolean } {
  return { column: sort, descending: sort === "received" ? !reversed : reversed };
}

/** What is asked of the core. */
export function queryOf(filter: RegisterFilter, order: RegisterOrder): Omit<ReferralQuery, "cursor" | "limit"> {
  const own = filter.period === "own";
  return {
    period: filter.period === "" || filter.period === "own" ? null : filter.period,
    from: own ? filter.from : null,
    to: own ? filter.to : null,
    direction: filter.direction === "" ? null : filter.direction,
    partner: filter.partner?.id ?? null,
    states: [...filter.states],
    classes: [...filter.classes],
    diagnosisGroup: filter.diagnosisGroup === "" ? null : filter.diagnosisGroup,
    country: filter.country === "" ? null : filter.country,
    text: filter.text.trim() === "" ? null : filter.text.trim(),
    sort: order.sort,
    reversed: order.reversed,
  };
}

/** How many things narrow the list, the search aside. */
export function narrowedBy(filter: RegisterFilter): number {
  return [filter.period !== "", filter.direction !== "", filter.states.length > 0, filter.classes.length > 0, filter.partner !== null, filter.diagnosisGroup !== "", filter.country !== ""].filter(Boolean).length;
}

class RegisterView {
  filter: RegisterFilter = $state.raw(noFilter);
  order: RegisterOrder = $state.raw({ sort: "received", reversed: false });
  current: string | null = $state(null);
  hidden: ReadonlySet<string> = $state.raw(new Set(["diagnosis", "country"]));

  narrow(part: Partial<RegisterFilter>): void {
    this.filter = { ...this.filter, ...part };
  }

  /** The referrals of one patient, whichever way and however old. */
  showPatient(name: string): void {
    this.filter = { ...noFilter, text: name };
    this.current = null;
  }

  leave(): void {
    this.filter = noFilter;
    this.order = { sort: "received", reversed: false };
    this.current = null;
  }
}

export const registerView = new RegisterView();
