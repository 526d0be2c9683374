/** What whoever is at the desk may do and see, as the practice says it. The core enforces it; screens only don't offer what it would refuse. */
import type { Hidden, Level, Rights } from "$lib/ipc/bindings";

/** A part of the practice that rights are given for. */
export type Area = Exclude<{ [K in keyof Rights]: Rights[K] extends Level ? K : never }[keyof Rights], undefined>;

export const accessWords = {
  hidden: "Hidden for your role",
} as const;

const ORDER: readonly Level[] = ["none", "read", "write", "approve"];

/** The room of a kind of record, as history names it; none: not put back field by field. */
const ROOM: Readonly<Record<string, Area>> = {
  partner: "network", person: "network", affiliation: "network", contact_point: "network", address: "network", tag: "network", saved_view: "network",
  referral: "referrals", patient: "referrals",
  import_profile: "exchange",
  practice: "vault", role_rights: "vault",
};

class Access {
  /** Null: nobody is at the desk. Screens are not shown then. */
  rights: Rights | null = $state.raw(null);
  /** Nothing can be written where the practice lies. */
  readOnly = $state(false);
  /** An earlier day is looked at: nothing can be changed, whatever the role. */
  earlierDay = $state(false);

  /** Things can be looked at and not changed, whatever the role. */
  get lookOnly(): boolean {
    return this.readOnly || this.earlierDay;
  }

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

  /** Whether what needs a second person in an area may be released: what others did taken back, things let go for good. */
  approves(area: Area): boolean {
    return !this.lookOnly && this.#level(area) >= ORDER.indexOf("approve");
  }

  /** Whether everybody's records are seen, which a log, an import and the answer to a patient take. */
  get everybodys(): boolean {
    return (this.rights?.scope ?? "all") === "all";
  }

  /** Whether a field of such a record may be put back to what it was. */
  putsBack(kind: string): boolean {
    const area = ROOM[kind];
    return area !== undefined && this.writes(area) && (kind !== "role_rights" || this.manages);
  }

  /** How long things are kept, holds, purging and erasing. */
  get releases(): boolean {
    return this.approves("vault") && this.everybodys;
  }

  /** Everything that is held about somebody, and what was told of them. */
  get holds(): boolean {
    return this.everybodys && this.sees("network") && this.sees("referrals") && !this.hides("patients");
  }

  /** Whether a field is hidden. */
  hides(field: keyof Hidden): boolean {
    return this.rights?.hidden[field] ?? false;
  }

  get exports(): boolean {
    return !this.readOnly && (this.rights?.export ?? true);
  }

  /** The audit log is for whoever examines the record and signs it off. */
  get audits(): boolean {
    return this.#level("history") >= ORDER.indexOf("approve") && this.everybodys;
  }

  get manages(): boolean {
    return this.rights?.manageProfiles ?? true;
  }

  /** An import writes partners and referrals, is matched against all of them, and shows who patients are. */
  get imports(): boolean {
    return this.everybodys && (["exchange", "network", "referrals"] as const).every((area) => this.writes(area)) && !(["patients", "reason", "money"] as const).some((field) => this.hides(field));
  }
}

export const access = new Access();
