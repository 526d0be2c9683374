import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commands } from "$lib/ipc/bindings";
import { access } from "$lib/records/access.svelte";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import { handleKey } from "$lib/shell/keys";
import { outreachView } from "./outreachView.svelte";
import TaskActDialogs from "./TaskActDialogs.svelte";
import { taskActs } from "./taskActs.svelte";
import TaskDialog from "./TaskDialog.svelte";
import { taskDialog } from "./taskDialog.svelte";
import Tasks from "./Tasks.svelte";
import { client, door, ok, refused, rights, task } from "./testing";

const rows = [
  task("1", "Send the protocol", "2026-11-20", { partner: { id: "p", name: "Pine Hollow", individual: false }, promisedOn: "2026-11-19" }),
  task("2", "Call the gym", "2026-11-25", { dueAt: 570, repeat: "weekly", series: ["2026-11-04", "2026-11-25"] }),
  task("3", "Visit", "2026-12-20"),
];
const press = (key: string, more: KeyboardEventInit = {}) => handleKey(new KeyboardEvent("keydown", { key, cancelable: true, ...more }));
const show = (component: unknown) => render(WithQueries, { props: { client: client(), component: component as never, props: {} } });

describe("the list of tasks", () => {
  let list: ReturnType<typeof vi.spyOn>;
  beforeEach(() => {
    access.rights = rights;
    outreachView.leave();
    vi.spyOn(commands, "door").mockImplementation(() => ok(door));
    vi.spyOn(commands, "outreachMeasures").mockImplementation(() => ok({ followUpKept: { of: 14, all: 16 }, nextAction: { of: 3, all: 4 } }));
    vi.spyOn(commands, "reportsOwed").mockImplementation(() => ok([{ of: { kind: "partner", id: "p" }, name: "Pine Hollow", missing: 2, due: 1, since: "2026-11-01", next: "second" }, { of: { kind: "partner", id: "q" }, name: "Cove Street", missing: 1, due: 0, since: "2026-11-01", next: "waits" }]));
    list = vi.spyOn(commands, "tasksList").mockImplementation(() => ok({ today: "2026-11-25", rows, more: false, mine: 3, all: 3 }));
  });
  afterEach(() => {
    access.rights = null;
    taskDialog.close();
    taskActs.dropping = null;
  });

  it("stands by when they are due and says what is late", async () => {
    show(Tasks);
    await screen.findByText("Send the protocol");
    expect((await screen.findByRole("link", { name: "Ask 1 partner for missing reports" })).getAttribute("href")).toBe("#/leaks?reports");
    expect(screen.getAllByRole("heading").map((head) => head.textContent?.trim())).toEqual(["Overdue1", "Today1", "Later1"]);
    expect(screen.getByText("5 days late")).toBeTruthy();
    expect((await screen.findAllByText("14 of 16")).length).toBeGreaterThan(0);
    expect(screen.getByText("Promised for Nov 19")).toBeTruthy();
    expect(list).toHaveBeenCalledWith({ holder: "m", partner: null, settled: false });
  });

  it("is worked through by keys", async () => {
    const done = vi.spyOn(commands, "taskDone").mockImplementation(() => ok(null));
    const move = vi.spyOn(commands, "taskMove").mockImplementation(() => ok(null));
    show(Tasks);
    await screen.findByText("Send the protocol");
    press("j");
    press("d");
    await waitFor(() => expect(done).toHaveBeenCalledExactlyOnceWith("2"));
    await waitFor(() => expect(taskActs.busy).toBe(false));
    outreachView.current = "1";
    await waitFor(() => expect(document.querySelector("[aria-current]")?.textContent).toContain("Send the protocol"));
    press("ArrowRight", { altKey: true });
    await waitFor(() => expect(move).toHaveBeenCalledExactlyOnceWith("1", "2026-11-26", null));
    press("f");
    await waitFor(() => expect(list).toHaveBeenCalledWith({ holder: null, partner: null, settled: false }));
  });

  it("asks why a task is dropped, and whether a series ends", async () => {
    const drop = vi.spyOn(commands, "taskDrop").mockImplementationOnce(() => refused("Say in a few words why it is not done.", "reason")).mockImplementation(() => ok(null));
    show(TaskActDialogs);
    taskActs.dropping = rows[1] ?? null;
    const dialog = await screen.findByRole("dialog", { name: "Drop the task" });
    await fireEvent.click(within(dialog).getByRole("button", { name: /^Drop it/ }));
    expect(await screen.findByText("Say in a few words why it is not done.")).toBeTruthy();
    await fireEvent.input(within(dialog).getByLabelText("Why it is not done"), { target: { value: "They closed" } });
    await fireEvent.click(within(dialog).getByLabelText("It does not come again"));
    await fireEvent.click(within(dialog).getByRole("button", { name: /^Drop it/ }));
    await waitFor(() => expect(drop).toHaveBeenLastCalledWith("2", "They closed", true));
    await waitFor(() => expect(taskActs.dropping).toBeNull());
  });

  it("offers nothing to those who only look", async () => {
    access.rights = { ...rights, outreach: "read" };
    show(Tasks);
    await screen.findByText("Send the protocol");
    expect(screen.queryByRole("button", { name: /^Done/ })).toBeNull();
  });
});

describe("the dialog of a task", () => {
  beforeEach(() => {
    access.rights = rights;
    vi.spyOn(commands, "door").mockImplementation(() => ok(door));
  });
  afterEach(() => {
    access.rights = null;
    taskDialog.close();
  });
  const day = async (label: string, text: string) => {
    const field = screen.getByLabelText(label);
    await fireEvent.focus(field);
    await fireEvent.input(field, { target: { value: text } });
    await fireEvent.blur(field);
  };

  it("puts a task down for whoever is at the desk", async () => {
    const add = vi.spyOn(commands, "taskAdd").mockImplementation(() => ok("new"));
    taskDialog.add({ partner: { id: "p", name: "Pine Hollow", individual: false } });
    show(TaskDialog);
    await screen.findByText("Goes to Maren Okafor");
    await fireEvent.click(screen.getByRole("button", { name: /^Add task/ }));
    expect(screen.getByText("Give the day it is to be done by.")).toBeTruthy();
    await fireEvent.input(screen.getByLabelText("What is to be done"), { target: { value: "Call about knees" } });
    await day("By when", "12/1/2026");
    await fireEvent.input(screen.getByLabelText(/^At what time/), { target: { value: "soon" } });
    await fireEvent.click(screen.getByRole("button", { name: /^Add task/ }));
    expect(screen.getByText("Give a time such as 9:30 am.")).toBeTruthy();
    await fireEvent.input(screen.getByLabelText(/^At what time/), { target: { value: "930" } });
    await fireEvent.click(screen.getByLabelText("We promised it to the partner"));
    await fireEvent.change(screen.getByLabelText("Comes again"), { target: { value: "monthly" } });
    await fireEvent.change(screen.getByLabelText("Remind"), { target: { value: "60" } });
    await fireEvent.click(screen.getByRole("button", { name: /^Add task/ }));
    await waitFor(() => expect(add).toHaveBeenCalledExactlyOnceWith({
      title: "Call about knees", notes: "", dueOn: "2026-12-01", dueAt: 570, promised: true, holder: "m", partner: "p", person: null, referral: null, touch: null, remindMinutes: 60, repeat: "monthly",
    }));
    await waitFor(() => expect(taskDialog.open).toBe(false));
  });

  it("asks for a partner that was typed and not chosen, and for a day that can’t be read, beside the field", async () => {
    const add = vi.spyOn(commands, "taskAdd").mockImplementation(() => ok("new"));
    vi.spyOn(commands, "searchEverything").mockImplementation(() => ok([]));
    taskDialog.add({ on: "2026-12-01" });
    show(TaskDialog);
    await fireEvent.input(screen.getByLabelText("What is to be done"), { target: { value: "Call about knees" } });
    await fireEvent.input(screen.getByRole("combobox", { name: /^For which partner/ }), { target: { value: "Pine" } });
    await day("By when", "soonish");
    await fireEvent.click(screen.getByRole("button", { name: /^Add task/ }));
    expect(await screen.findByText("Choose the partner from the list, or leave this empty.")).toBeTruthy();
    expect(screen.getByLabelText("By when").getAttribute("aria-invalid")).toBe("true");
    expect(add).not.toHaveBeenCalled();
    await fireEvent.input(screen.getByRole("combobox", { name: /^For which partner/ }), { target: { value: "" } });
    await day("By when", "12/1/2026");
    await fireEvent.click(screen.getByRole("button", { name: /^Add task/ }));
    await waitFor(() => expect(add).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ partner: null, dueOn: "2026-12-01" })));
  });

  it("says beside the field what is wrong, and keeps what was typed", async () => {
    vi.spyOn(commands, "taskEdit").mockImplementation(() => refused("This day is past. Give today or a later day.", "dueOn"));
    taskDialog.edit(rows[0] ?? task("1", "A", "2026-11-20"));
    show(TaskDialog);
    await screen.findByText("First promised for Nov 19; moving the task does not change that.");
    await fireEvent.input(screen.getByLabelText("What is to be done"), { target: { value: "Send it" } });
    await fireEvent.click(screen.getByRole("button", { name: /^Save/ }));
    expect(await screen.findByText("This day is past. Give today or a later day.")).toBeTruthy();
    expect(screen.getByLabelText("By when").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByLabelText<HTMLInputElement>("What is to be done").value).toBe("Send it");
  });
});
