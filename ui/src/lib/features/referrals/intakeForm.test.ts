import { describe, expect, it } from "vitest";
import { blankForm, guessClass, isBlank, missing, readDraft, toIntake, type IntakeForm } from "./intakeForm";

const today = "2026-11-21";
const form = (more: Partial<IntakeForm> = {}): IntakeForm => ({ ...blankForm(today), ...more });
const ito = { kind: "known", source: { kind: "known", partner: "p", person: "k" }, title: "Keiko Ito, MD", detail: "Pine Hollow" } as const;

describe("the intake", () => {
  it("asks first for the patient, then for who sent them", () => {
    expect(missing(form())).toBe("patient");
    expect(missing(form({ patient: "R. Achterberg" }))).toBe("who");
    expect(missing(form({ patient: "R. Achterberg", whoText: "kei" }))).toBe("whoOpen");
    expect(missing(form({ chartNumber: "4711", who: { kind: "none", answer: "declined" } }))).toBeNull();
  });

  it("sends what was typed, without empty words and with today left to the practice", () => {
    const sent = toIntake(form({ patient: " R. Achterberg ", who: ito, reason: " " }), today, false);
    expect(sent).toMatchObject({
      direction: "inbound", source: ito.source, receiver: null, reason: null, receivedOn: null, confirmDuplicate: false,
      patient: { name: "R. Achterberg", chartNumber: null, patient: null },
    });
    expect(toIntake(form({ patient: "x", who: ito, receivedOn: "2026-11-03" }), today, true)).toMatchObject({ receivedOn: "2026-11-03", confirmDuplicate: true });
  });

  it("sends the one who was named as the receiver when the patient goes out", () => {
    const sent = toIntake(form({ direction: "outbound", patient: "x", who: { kind: "new", text: "Cove Clinic", class: "medical" } }), today, false);
    expect(sent.source).toEqual({ kind: "not_asked" });
    expect(sent.receiver).toEqual({ kind: "new_name", text: "Cove Clinic", class: "medical" });
  });

  it("guesses what a new name is from its words", () => {
    expect(guessClass("Keiko Ito, MD")).toBe("medical");
    expect(guessClass("Ironwood Strength")).toBe("business");
    expect(guessClass("her neighbour")).toBe("patient");
    expect(guessClass("Google")).toBe("source");
    expect(guessClass("Adamson Clinic")).toBe("medical");
  });

  it("brings a draft back as it was left, and refuses one it can't read", () => {
    const kept = form({ patient: "R. Achterberg", who: ito, whoText: "Keiko Ito, MD", urgency: "urgent" });
    expect(readDraft(JSON.stringify(kept), today)).toEqual(kept);
    expect(readDraft("{", today)).toBeNull();
    expect(readDraft(JSON.stringify({ ...kept, urgency: "someday" }), today)).toBeNull();
    expect(readDraft(JSON.stringify(blankForm(today)), today)).toBeNull();
    expect(isBlank(kept)).toBe(false);
  });
});
