import { describe, expect, it } from "vitest";
import { blankPartner, blankPerson, isTouched, newPartner, newPerson, readDraft } from "./newPartner";

describe("a new partner", () => {
  it("is told to the core without what was left empty", () => {
    const partner = newPartner({ ...blankPartner, name: " Pine Hollow ", phone: "207 555 0100", zip: "04102" }, "primary_care");
    expect(partner).toMatchObject({
      name: "Pine Hollow", type: "primary_care", npi: null, individual: null, owner: null,
      contactPoints: [{ kind: "phone", value: "207 555 0100" }], addresses: [{ zip: "04102" }],
    });
    expect(newPartner(blankPartner, "gym").addresses).toEqual([]);
  });

  it("keeps several telephones apart and names the one who introduced us only if someone did", () => {
    const introducer = { id: "k9", name: "Ada Brandt" };
    const form = { ...blankPartner, phone: "1", phone2: "2", fax: "3", introducer };
    expect(newPartner({ ...form, how: "introduced" }, "gym")).toMatchObject({ contactPoints: [{ kind: "phone", value: "1" }, { kind: "phone", value: "2" }, { kind: "fax", value: "3" }], beginning: { introducer: "k9" } });
    expect(newPartner({ ...form, how: "event" }, "gym").beginning?.introducer).toBeNull();
  });

  it("is one person where that is said, and a source never is", () => {
    expect(newPartner({ ...blankPartner, individual: true }, "practitioner").individual).toEqual({});
    expect(newPartner({ ...blankPartner, class: "source", individual: true }, "web_site").individual).toBeNull();
  });

  it("gives no NPI to a class that has none, whatever was typed before the class was changed", () => {
    expect(newPartner({ ...blankPartner, class: "business", npi: "1234567893" }, "gym").npi).toBeNull();
  });
});

describe("a new person", () => {
  it("is named in one line with the credentials behind", () => {
    expect(newPerson({ ...blankPerson, name: "Keiko Ito", credentials: "MD" }, null)).toMatchObject({ name: "Keiko Ito, MD", worksAt: null });
  });

  it("works at the partner in the role and part that were typed", () => {
    expect(newPerson({ ...blankPerson, name: "Rosa Stroud", role: "front_desk", usuallyPicks: true }, "p3").worksAt).toEqual({
      partner: "p3", role: "front_desk", influence: { decides: false, influences: false, executes: false, usuallyPicks: true },
    });
  });
});

describe("a draft", () => {
  it("is worth keeping once something was typed", () => {
    expect(isTouched({ ...blankPartner, class: "business", type: "gym" })).toBe(false);
    expect(isTouched({ ...blankPartner, city: "Alder Falls" })).toBe(true);
    expect(isTouched({ ...blankPerson, decides: true })).toBe(true);
  });

  it("comes back as it was left, also from an older build or from nothing", () => {
    expect(readDraft(JSON.stringify({ name: "Pine" }), blankPartner)).toEqual({ ...blankPartner, name: "Pine" });
    expect(readDraft(null, blankPartner)).toBeNull();
    expect(readDraft("no JSON", blankPartner)).toBeNull();
  });
});
