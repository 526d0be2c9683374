import { describe, expect, it } from "vitest";
import { silence } from "./measures";

const months = ["2026-08", "2026-09", "2026-10", "2026-11"].map((month) => ({ month, received: 0, sent: 0 }));

describe("silence in the chart", () => {
  it("is drawn over the months after the last referral", () => {
    expect(silence(months, "2026-09-20", 62, 36)?.from).toBe(2);
  });

  it("is not drawn while it is as long as usual, or without any referral", () => {
    expect(silence(months, "2026-09-20", 30, 36)).toBeUndefined();
    expect(silence(months, null, null, null)).toBeUndefined();
    expect(silence(months, "2026-11-02", 40, 36)).toBeUndefined();
  });
});
