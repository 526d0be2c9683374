import { describe, expect, it } from "vitest";
import type { PacketView } from "$lib/ipc/bindings";
import { added, begun, formatOf, guessed, missingOf, orderOf, suggestedName, ticked } from "./packet";

const view: PacketView = {
  gate: "treating",
  refusal: null,
  direction: "outbound",
  partner: "p",
  partnerName: "Lakeside Family Medicine",
  to: { name: "Keiko Ito, MD, Lakeside Family Medicine", address: "4 Shore Road", purpose: "Treatment: referral of the patient", basis: "treatment" },
  documents: [{ name: "Imaging report", enclosed: false }, { name: "Medication list", enclosed: true }],
  agreed: ["Imaging report", "Medication list"],
};

describe("a packet", () => {
  it("begins as a slip on paper with what is known", () => {
    const form = begun(view);
    expect(formatOf(form)).toBe("slip_pdf");
    expect(orderOf(form)).toEqual({ format: "slip_pdf", to: view.to, message: null, documents: view.documents });
    expect(missingOf(form.documents)).toEqual(["Imaging report"]);
    expect(formatOf({ ...form, kind: "packet", packetAs: "zip" })).toBe("packet_zip");
  });

  it("is called by its day and tells no patient", () => {
    expect(suggestedName({ ...begun(view), kind: "packet", packetAs: "zip" }, "2026-11-26")).toBe("Referral packet 2026-11-26.zip");
  });

  it("lists a document once", () => {
    expect(added(view.documents, " imaging REPORT ")).toBeNull();
    expect(added(view.documents, " Labs ")?.at(-1)).toEqual({ name: "Labs", enclosed: true });
  });

  it("guesses which document a file is, and ticks it", () => {
    const file = (name: string) => ({ token: "file-1", name });
    expect(guessed(file("imaging-report_final.pdf"), view.documents, [])).toEqual({ token: "file-1", name: "Imaging report" });
    expect(guessed(file("scan.jpg"), view.documents, []).name).toBe("");
    expect(guessed(file("scan.jpg"), view.documents, [{ token: "x", name: "Medication list" }]).name).toBe("Imaging report");
    expect(ticked(view.documents, "imaging report").every((one) => one.enclosed)).toBe(true);
  });
});
