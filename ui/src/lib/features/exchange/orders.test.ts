import { describe, expect, it } from "vitest";
import { noPatients, registerOrder, workbookOrder, type RegisterForm } from "./orders";

const form: RegisterForm = { format: "csv", span: "everything", from: null, to: null, patients: noPatients };

describe("an export", () => {
  it("leaves patients out unless somebody asks for them", () => {
    expect(registerOrder(form)).toEqual({ order: { format: "csv", period: null, patients: { kind: "omitted" } } });
    expect(workbookOrder({ from: "2026-01-01", to: "2026-06-30" }, "10", noPatients)).toMatchObject({ order: { pages: 10, patients: { kind: "omitted" } } });
  });

  it("does not include patients without a recipient, a purpose and a legal basis", () => {
    const asked = registerOrder({ ...form, patients: { ...noPatients, included: true, purpose: "  " } });
    expect("problems" in asked && Object.keys(asked.problems).sort()).toEqual(["basis", "purpose", "recipient"]);
    const complete = { included: true, purpose: " Payer audit ", recipient: " Pine Tree Health ", address: "", basis: "operations", authorisedFor: "" } as const;
    expect(registerOrder({ ...form, patients: complete })).toMatchObject({
      order: { patients: { kind: "included", to: { name: "Pine Tree Health", address: "", purpose: "Payer audit", basis: "operations" } } },
    });
  });

  it("asks what patients authorized where that is the ground", () => {
    const authorized = { included: true, purpose: "Stories", recipient: "Pine Tree Health", address: "", basis: "authorisation", authorisedFor: "" } as const;
    expect(registerOrder({ ...form, patients: authorized })).toHaveProperty("problems.authorisedFor");
    expect(registerOrder({ ...form, patients: { ...authorized, authorisedFor: "success_story" } })).toHaveProperty("order.patients.authorisedFor", "success_story");
  });

  it("says beside which day what is wrong", () => {
    expect(registerOrder({ ...form, span: "between", from: null, to: "2026-01-31" })).toHaveProperty("problems.from");
    expect(registerOrder({ ...form, span: "between", from: "2026-02-01", to: "2026-01-31" })).toHaveProperty("problems.to");
    expect(registerOrder({ ...form, span: "between", from: "2026-01-01", to: "2026-01-31" })).toMatchObject({ order: { period: { from: "2026-01-01", to: "2026-01-31" } } });
  });

  it("refuses a number of pages that is none", () => {
    for (const pages of ["", "51", "ten", "-1"]) expect(workbookOrder({ from: "2026-01-01", to: "2026-06-30" }, pages, noPatients)).toHaveProperty("problems.pages");
    expect(workbookOrder({ from: "2026-01-01", to: "2026-06-30" }, "0", noPatients)).toHaveProperty("order.pages", 0);
  });
});
