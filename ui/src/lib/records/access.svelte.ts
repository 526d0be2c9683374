/** What whoever is at the desk may do and see, as the practice says it. The core enforces it; screens only don't offer what it would refuse. */
import type { Hidden, Level, Rights } from "$lib/ipc/bindings";

/** A part of the practice that rights are given for. */
export type Area = Exclude<{ [K in keyof Rights]: Rights[K] extends Level ? K : never }[keyof Rights], undefined>;

export const accessWords = {
  hidden: "Hidden for your role",
} as const;

/** Kinds of records that are changed where they are managed, never one by one in their history. */
const ELSEWHERE: ReadonlySet<string> = new Set(["practice", "profile", "role_rights", "setting", "legal_hold", "erasure"]);

const ORDER: readonly Level[] = ["none", "read", "write", "approve"];

class Access {
  /** Null: nobody is at the desk. Screens are not shown then. */
  rights: Rights | null = $state.raw(null);
  /** Whoever is at the desk is an owner of the practice. */
  owner = $state(true);
  /** An earlier day is looked at: nothing can be changed, whatever the role. */
  lookOnly = $state(false);

  #level(area: Area): number {
    return this.rights ? ORDER.indexOf(this.rights[area]) : ORDER.length;
  }

  /** Whether an area may be looked at. */
  sees(area: Area): boolean {
    return this.#level(area) >= ORDER.indexOf("read");
  }

  /** Whether an area may be changed. */
  writes(area: Area): boolean {
    return !this.lookOnly && this.#level(area) >= ORDER.indexOf("write");
  }

  /** Whether a record of this kind may be changed: the area it belongs to may. */
  changes(kind: string): boolean {
    if (["referral", "patient"].includes(kind)) return this.writes("referrals");
    if (kind === "import_profile") return this.writes("exchange");
    return ELSEWHERE.has(kind) ? false : this.writes("network");
  }

  /** What is kept, held and let go for good is decided by owners alone, whatever the roles say. */
  get decides(): boolean {
    return this.owner && !this.lookOnly;
  }

  /** Whether a field is hidden. */
  hides(field: keyof Hidden): boolean {
    return this.rights?.hidden[field] ?? false;
  }

  get exports(): boolean {
    return this.rights?.export ?? true;
  }

  /** The audit log is for whoever examines the record and signs it off. */
  get audits(): boolean {
    return this.#level("history") >= ORDER.indexOf("approve");
  }

  get manages(): boolean {
    return this.rights?.manageProfiles ?? true;
  }

  /** An import writes partners and referrals and shows who patients are. */
  get imports(): boolean {
    return (["exchange", "network", "referrals"] as const).every((area) => this.writes(area)) && !(["patients", "reason", "money"] as const).some((field) => this.hides(field));
  }
}

export const access = new Access();
