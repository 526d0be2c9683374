import { beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type ImportView, type PlanView } from "$lib/ipc/bindings";
import { ImportWizard, left, obstacle, stepsOf } from "./wizard.svelte";

vi.mock("$lib/ipc/bindings", () => ({
  commands: { importOpen: vi.fn(), importCurrent: vi.fn(), importReread: vi.fn(), importPlan: vi.fn(), importDecide: vi.fn(), importCommit: vi.fn(), importClose: vi.fn(), jobStop: vi.fn(), draftGet: vi.fn(() => Promise.resolve({ status: "ok", data: null })), draftSave: vi.fn(() => Promise.resolve({ status: "ok", data: null })), draftClear: vi.fn(() => Promise.resolve({ status: "ok", data: null })) },
}));

const view: ImportView = {
  understood: {
    fileName: "patients.csv", kind: "referrals", encoding: "UTF-8", delimiter: ",", backslashEscapes: false, sheet: null, sheets: [], headerRecord: 1, preamble: [], totals: [], footers: [],
    repeatedHeaders: [], blank: 0, records: 3, rows: 2, decimal: "point", columns: [], words: [], ambiguities: [], warnings: [], fingerprint: "f",
  },
  overrides: {},
  recognised: null,
};
const plan: PlanView = {
  fileName: "patients.csv", changesAnything: true, from: null, to: null,
  counts: { rows: 2, new: 2, updated: 0, unchanged: 0, keptOurs: 0, possibleDuplicates: 0, questions: 0, leftOut: 0, rejected: 0, notData: 0, outbound: 0, internal: 0, partnersNew: 0, partnersMatched: 0, peopleNew: 0, peopleMatched: 0, rolledUp: 0 },
};
const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const asking = (kind: "date_order" | "missing_column" | "missing_referrer"): ImportView => ({
  ...view,
  understood: { ...view.understood, ambiguities: [{ kind, column: "Date", question: "?", options: [] }] },
});

beforeEach(() => {
  vi.clearAllMocks();
  left.step = "file";
  vi.mocked(commands.importOpen).mockImplementation(() => ok(view));
  vi.mocked(commands.importPlan).mockImplementation(() => ok(plan));
});

describe("the wizard", () => {
  it("skips the words where the file has none", () => {
    expect(stepsOf(view)).toEqual(["file", "columns", "preview", "done"]);
    const worded = { ...view, understood: { ...view.understood, words: [{ field: "status" as const, text: "Kept", count: 2, meaning: null }] } };
    expect(stepsOf(worded)).toContain("words");
  });

  it("asks how dates are read before it goes on, and for a missing column once the columns are shown", async () => {
    expect(obstacle("file", asking("date_order"))).toBe("date_order");
    expect(obstacle("file", asking("missing_column"))).toBeNull();
    expect(obstacle("columns", asking("missing_column"))).toBe("missing_column");
    expect(obstacle("columns", asking("missing_referrer"))).toBe("missing_column");
    vi.mocked(commands.importOpen).mockImplementation(() => ok(asking("date_order")));
    const wizard = new ImportWizard();
    await wizard.open("file-1");
    await wizard.next();
    expect(wizard.step).toBe("file");
  });

  it("writes nothing before the last step is asked for", async () => {
    const wizard = new ImportWizard();
    await wizard.open("file-1");
    await wizard.next();
    await wizard.next();
    expect(wizard.step).toBe("preview");
    expect(commands.importCommit).not.toHaveBeenCalled();
  });

  it("stays at the preview when the import is stopped", async () => {
    vi.mocked(commands.importCommit).mockImplementation(() => Promise.resolve({ status: "error", error: { code: "cancelled", message: "Stopped.", field: null } }));
    const wizard = new ImportWizard();
    await wizard.open("file-1");
    await wizard.next();
    await wizard.next();
    await wizard.next();
    expect(wizard.step).toBe("preview");
    expect(wizard.trouble?.code).toBe("cancelled");
  });

  it("makes the preview anew when somebody wrote meanwhile, and says so", async () => {
    vi.mocked(commands.importCommit).mockImplementation(() => Promise.resolve({ status: "error", error: { code: "changed_meanwhile", message: "Look at the preview again.", field: null } }));
    const wizard = new ImportWizard();
    await wizard.open("file-1");
    for (let step = 0; step < 3; step++) await wizard.next();
    expect(wizard.step).toBe("preview");
    expect(commands.importPlan).toHaveBeenCalledTimes(2);
    expect(wizard.trouble?.code).toBe("changed_meanwhile");
  });

  it("asks for the file again when the desk was cleared", async () => {
    vi.mocked(commands.importPlan).mockImplementation(() => Promise.resolve({ status: "error", error: { code: "missing", message: "Choose the file again.", field: null } }));
    const wizard = new ImportWizard();
    await wizard.open("file-1");
    await wizard.next();
    await wizard.next();
    expect(wizard.view).toBeNull();
    expect(wizard.trouble?.message).toBe("Choose the file again.");
  });

  it("reads the file once more for the newest wish only, while an earlier reading runs", async () => {
    const answers: (() => void)[] = [];
    vi.mocked(commands.importReread).mockImplementation((overrides) => new Promise((resolve) => answers.push(() => resolve({ status: "ok", data: { ...view, overrides } }))));
    const wizard = new ImportWizard();
    await wizard.open("file-1");
    const first = wizard.reread({ encoding: "Windows-1252" });
    void wizard.reread({ encoding: "UTF-16LE" });
    void wizard.reread({ encoding: "Mac Roman" });
    expect(wizard.overrides).toEqual({ encoding: "Mac Roman" });
    answers[0]?.();
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.();
    await first;
    expect(vi.mocked(commands.importReread).mock.calls.map(([asked]) => asked.encoding)).toEqual(["Windows-1252", "Mac Roman"]);
    expect(wizard.view?.overrides.encoding).toBe("Mac Roman");
  });

  it("goes on where it was left, and begins anew with another file", async () => {
    vi.mocked(commands.importCurrent).mockImplementation(() => ok(view));
    const first = new ImportWizard();
    await first.open("file-1");
    await first.next();
    await first.next();
    first.leave();
    const second = new ImportWizard();
    await second.resume();
    expect(second.step).toBe("preview");
    await second.open("file-2");
    expect(second.step).toBe("file");
  });

  it("lets the file go once it is written", async () => {
    vi.mocked(commands.importCommit).mockImplementation(() => ok({
      rows: 2, referrals: { new: 2, updated: 0, unchanged: 0 }, outbound: 0, internal: 0, contacts: 0, partners: { new: 0, matched: 0 }, people: { new: 0, matched: 0 }, rejected: [], possibleDuplicates: [], questions: 0, keptOurs: 0, notData: [],
    }));
    const wizard = new ImportWizard();
    await wizard.open("file-1");
    for (let step = 0; step < 3; step++) await wizard.next();
    expect(wizard.step).toBe("done");
    wizard.leave();
    expect(commands.importClose).toHaveBeenCalled();
  });

  it("keeps how the file is read when another reading is refused", async () => {
    vi.mocked(commands.importReread).mockImplementation(() => Promise.resolve({ status: "error", error: { code: "unreadable", message: "There is no row 900.", field: null } }));
    const wizard = new ImportWizard();
    await wizard.open("file-1");
    await wizard.reread({ headerRecord: 900 });
    expect(wizard.overrides).toEqual({});
    expect(wizard.trouble?.message).toBe("There is no row 900.");
    expect(wizard.refused).toBe(1);
  });

  it("takes up the decisions about a file that a lock took off the desk, and only about that file", async () => {
    const kept = (file: string) => ok({ body: JSON.stringify({ file, overrides: { dateOrder: "day_first" } }), changedAt: 1 });
    const reread = vi.mocked(commands.importReread).mockImplementation(() => ok(view));
    reread.mockClear();
    vi.mocked(commands.draftGet).mockImplementation(() => kept("another.csv f"));
    await new ImportWizard().open("file-1");
    expect(reread).not.toHaveBeenCalled();
    vi.mocked(commands.draftGet).mockImplementation(() => kept("patients.csv f"));
    await new ImportWizard().open("file-1");
    expect(reread).toHaveBeenCalledExactlyOnceWith({ dateOrder: "day_first" });
  });
});
