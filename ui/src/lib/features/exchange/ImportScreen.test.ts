import { QueryClient } from "@tanstack/svelte-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type ImportView, type PlanGroup, type PlanPage, type PlanView, type PracticeChanged } from "$lib/ipc/bindings";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import ImportScreen from "./ImportScreen.svelte";
import { left } from "./wizard.svelte";

const heard = vi.hoisted(() => ({ change: (_: PracticeChanged) => {} }));
vi.mock("$lib/ipc/events", () => ({
  onProgress: () => () => {},
  onFileDrag: () => () => {},
  onPracticeChanged: (hear: (change: PracticeChanged) => void) => {
    heard.change = hear;
    return () => {};
  },
}));
vi.mock("$lib/ipc/bindings", () => ({
  commands: {
    importCurrent: vi.fn(), importReread: vi.fn(), importPlan: vi.fn(), importRows: vi.fn(), importDecide: vi.fn(), importCommit: vi.fn(),
    importClose: vi.fn(), importChoose: vi.fn(), importRejectsSave: vi.fn(), importProfileSave: vi.fn(), historyEntry: vi.fn(), jobStop: vi.fn(), draftGet: vi.fn(() => Promise.resolve({ status: "ok", data: null })), draftSave: vi.fn(() => Promise.resolve({ status: "ok", data: null })), draftClear: vi.fn(() => Promise.resolve({ status: "ok", data: null })),
  },
}));

const column = (index: number, name: string, guess: ImportView["understood"]["columns"][number]["guess"]) => ({ index, name, guess, samples: ["03/04/2026"], confidence: 0.9, dateOrder: null, denied: false });
const view: ImportView = {
  understood: {
    fileName: "patients.csv", kind: "referrals", encoding: "UTF-8", delimiter: ",", backslashEscapes: false, sheet: null, sheets: [], headerRecord: 3, preamble: [1, 2], totals: [9], footers: [],
    repeatedHeaders: [], blank: 0, records: 9, rows: 5, decimal: "point", columns: [column(0, "Date", "received_on"), column(1, "Doctor", "ignore")], words: [], ambiguities: [], warnings: [], fingerprint: "f",
  },
  overrides: {},
  recognised: null,
};
const plan: PlanView = {
  fileName: "patients.csv", changesAnything: true, from: "2026-01-02", to: "2026-03-04",
  counts: { rows: 5, new: 3, updated: 0, unchanged: 1, keptOurs: 0, possibleDuplicates: 0, questions: 1, leftOut: 0, rejected: 1, notData: 3, outbound: 0, internal: 0, partnersNew: 1, partnersMatched: 2, peopleNew: 1, peopleMatched: 2, rolledUp: 0 },
};
const row = (record: number, over: Partial<PlanPage["rows"][number]>): PlanPage["rows"][number] => ({
  record, who: "", means: "Lowmoor Pediatrics", meantBy: "known", person: null, partner: null, patient: "Ann Reed", receivedOn: "2026-01-02", fate: "new", why: "", reason: null, remedy: "", dayAsRead: "", changes: [], of: null, questions: [], sameName: 0, choice: null, ...over,
});
const rows: Partial<Record<PlanGroup, PlanPage["rows"]>> = {
  new: [row(4, {})],
  unchanged: [row(5, { fate: "unchanged" })],
  questions: [row(6, { who: "Dr K Itoh", sameName: 2, questions: [{ choice: { choice: "same", with: { kind: "person", id: "keiko" } }, name: "Dr. Keiko Ito", detail: "Pine Hollow" }] })],
  rejected: [row(7, { fate: "rejected", who: "Ito, Keiko MD", patient: "Ray, Bob", dayAsRead: "TBD", reason: "unreadable_date", why: "“Date” holds no date.", remedy: "Write the day into the file." })],
  not_data: [row(9, { fate: "not_data", who: "Total · 5", patient: "", why: "It looks like a sum." })],
};
const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });

const given = { onclose: vi.fn(), ontakeback: vi.fn(), onshow: vi.fn() };
function show() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(WithQueries, { props: { client, component: ImportScreen as never, props: given } });
}
const goOn = async (name: RegExp | string = "Continue") => fireEvent.click(await screen.findByRole("button", { name }));

beforeEach(() => {
  left.step = "file";
  vi.mocked(commands.importCurrent).mockImplementation(() => ok(view));
  vi.mocked(commands.importReread).mockImplementation((overrides) => ok({ ...view, overrides }));
  vi.mocked(commands.importPlan).mockImplementation(() => ok(plan));
  vi.mocked(commands.importRows).mockImplementation((group) => ok({ rows: rows[group] ?? [], next: null, total: rows[group]?.length ?? 0 }));
  vi.mocked(commands.importDecide).mockImplementation(() => ok({ ...plan, counts: { ...plan.counts, questions: 0 } }));
  vi.mocked(commands.importCommit).mockImplementation(() =>
    ok({
      rows: 5, referrals: { new: 3, updated: 0, unchanged: 1 }, outbound: 0, internal: 0, contacts: 0, partners: { new: 1, matched: 2 }, people: { new: 1, matched: 2 },
      rejected: [{ record: 7, reason: "missing_date" as const }], possibleDuplicates: [], questions: 0, keptOurs: 0, notData: [],
    }),
  );
  vi.mocked(commands.importProfileSave).mockImplementation(() => ok(null));
});
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

describe("the import", () => {
  it("says what is not read as data before anything else is asked", async () => {
    show();
    expect(await screen.findByText("Above the column names: rows 1 and 2")).toBeTruthy();
    expect(screen.getByText("Sums: row 9")).toBeTruthy();
  });

  it("reads the file again when a column becomes something else", async () => {
    show();
    await goOn();
    await fireEvent.change(await screen.findByLabelText("What Doctor becomes"), { target: { value: "referrer" } });
    expect(commands.importReread).toHaveBeenCalledWith({ map: { "#2": "referrer" } });
  });

  it("shows every fate, what needs a person first, and offers the rows that will be written", async () => {
    show();
    await goOn();
    await goOn();
    expect(await screen.findByRole("button", { name: /Import 3 rows/ })).toBeTruthy();
    expect(await screen.findByText("Dr K Itoh")).toBeTruthy();
    const rejected = screen.getByText("Unreadable date").parentElement;
    expect(rejected?.textContent).toContain("Ito, Keiko MD, “TBD”");
    expect(rejected?.textContent).toContain("“Date” holds no date. Write the day into the file.");
    expect(screen.getByText("Ray, Bob")).toBeTruthy();
    const filters = within(screen.getByRole("group", { name: "What happens to the rows" }));
    expect(filters.getAllByRole("button").map((button) => button.textContent?.match(/\d+/)?.[0])).toEqual(["3", "0", "1", "0", "1"]);
  });

  it("sends the decision about a name to the core, which counts again", async () => {
    show();
    await goOn();
    await goOn();
    await fireEvent.click(await screen.findByRole("button", { name: /^Same/ }));
    expect(commands.importDecide).toHaveBeenCalledWith(6, { choice: "same", with: { kind: "person", id: "keiko" } });
  });

  it("takes a record back as a row that was taken for a sum, and reads the file again", async () => {
    show();
    await goOn();
    await goOn();
    await fireEvent.click(await screen.findByRole("button", { name: /Take as a row/ }));
    expect(commands.importDecide).toHaveBeenCalledWith(9, { choice: "data" });
    await vi.waitFor(() => expect(commands.importCurrent).toHaveBeenCalledTimes(2));
  });

  it("ends with what was written, offers to take it back and keeps the mapping", async () => {
    show();
    await goOn();
    await goOn();
    await goOn(/Import 3 rows/);
    expect(await screen.findByText("4 rows taken in")).toBeTruthy();
    heard.change({ rooms: ["referrals"], entry: { seq: 41, action: "import", subject: "patients.csv", records: 9 } });
    vi.mocked(commands.historyEntry).mockImplementation(() => new Promise(() => {}));
    await fireEvent.click(await screen.findByRole("button", { name: "Undo the import" }));
    expect(given.ontakeback).toHaveBeenCalledWith(41);
    await fireEvent.input(screen.getByLabelText("Name"), { target: { value: "Monthly export" } });
    await fireEvent.click(screen.getByRole("button", { name: "Save mapping" }));
    expect(await screen.findByText(/Saved as “Monthly export”/)).toBeTruthy();
    cleanup();
    expect(commands.importClose).toHaveBeenCalled();
  });

  it("keeps the file for later when it is closed before the end", async () => {
    const { unmount } = show();
    await fireEvent.click(await screen.findByRole("button", { name: /Close, keep for later/ }));
    expect(given.onclose).toHaveBeenCalled();
    unmount();
    expect(commands.importClose).not.toHaveBeenCalled();
  });
});
