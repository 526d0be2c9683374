import { describe, expect, it } from "vitest";
import { codeWord, fieldName, kindName, shownText } from "./words";

describe("the words of a change", () => {
  it("name fields as a person does, and ids like the record they point to", () => {
    expect(fieldName("partner.how_met")).toBe("How we met");
    expect(fieldName("referral.from_partner_id")).toBe("From");
    expect(fieldName("referral.something_new")).toBe("Something new");
  });

  it("name kinds of records and codes, known or not", () => {
    expect(kindName("contact_point")).toBe("Contact");
    expect(codeWord("no_show")).toBe("no-show");
    expect(codeWord("urgent_care")).toBe("urgent care");
  });

  it("say nothing, empty text and false apart from each other", () => {
    expect(shownText(null)).toBe("nothing");
    expect(shownText({ kind: "text", value: "" })).toBe("nothing");
    expect(shownText({ kind: "yes_no", value: false })).toBe("no");
    expect(shownText({ kind: "number", value: 0 })).toBe("0");
    expect(shownText({ kind: "cents", value: 14490 })).toBe("$144.90");
    expect(shownText({ kind: "record", value: { id: "1", name: "Pine Hollow" } })).toBe("Pine Hollow");
  });
});
