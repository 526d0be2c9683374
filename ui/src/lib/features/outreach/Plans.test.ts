import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type OutreachPlan, type OutreachPlanPage, type PartnerType, type Playbook, type PlaybookContent, type PlaybookStep } from "$lib/ipc/bindings";
import { access } from "$lib/records/access.svelte";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import { handleKey } from "$lib/shell/keys";
import { outreachView } from "./outreachView.svelte";
import PartnerCard from "./PartnerCard.svelte";
import PlaybookEditor from "./PlaybookEditor.svelte";
import PlanScreen from "./PlanScreen.svelte";
import { planStart } from "./planStart.svelte";
import Plans from "./Plans.svelte";
import Playbooks from "./Playbooks.svelte";
import StartPlan from "./StartPlan.svelte";
import { taskDialog } from "./taskDialog.svelte";
import { client, door, ok, refused, rights, task } from "./testing";

const visit: PlaybookStep = { title: "Visit the manager", form: "visit", afterDays: 0, say: "What do members ask?" };
const mail: PlaybookStep = { title: "Send three dates", form: "email", afterDays: 3, say: "Thirty minutes." };
const content: PlaybookContent = {
  whom: "The manager", offer: "A free talk", stopOnReply: true, stopOnReferral: false, stopAfterDays: 45,
  steps: [visit, mail],
  talkingPoints: ["No fee, no gift."], objections: [{ they: "Others left leaflets.", we: "We leave a person to call." }],
};
const books: Playbook[] = [
  { id: "gym", name: "", ofType: "gym", cameWith: true, changed: false, content },
  { id: "own-1", name: "Opening day", ofType: null, cameWith: false, changed: false, content },
];
const first = task("t1", "Visit the manager", "2026-11-25", { step: ["p1", 0] });
const row: OutreachPlan = {
  id: "p1", run: "r1", name: "Gyms this season", partner: { id: "k", name: "Northside Gym", individual: false }, holder: "m", holderName: "Maren Okafor", startedOn: "2026-11-25",
  stopsOn: "2027-01-09", state: "running", endedOn: null, endedNote: "", steps: 2, behind: 0, next: first, result: { repliedOn: null, metOn: null, referredOn: null },
};
const page: OutreachPlanPage = { row, content, steps: [{ step: visit, plannedOn: "2026-11-25", task: first }, { step: mail, plannedOn: "2026-11-28", task: null }] };
const typeNames = { gym: "Gym", primary_care: "Primary care" } as Record<PartnerType, string>;
const show = (component: unknown, props: Record<string, unknown> = {}) => render(WithQueries, { props: { client: client(), component: component as never, props } });
const press = (key: string) => handleKey(new KeyboardEvent("keydown", { key, cancelable: true }));

beforeEach(() => {
  access.rights = rights;
  outreachView.leave();
  vi.spyOn(commands, "door").mockImplementation(() => ok(door));
  vi.spyOn(commands, "playbooksList").mockImplementation(() => ok(books));
});
afterEach(() => {
  access.rights = null;
  planStart.close();
  taskDialog.close();
});

describe("plans", () => {
  it("tell the next step and what came of those that were started together", async () => {
    vi.spyOn(commands, "plansList").mockImplementation(() => ok([row]));
    vi.spyOn(commands, "planRuns").mockImplementation(() => ok([{ run: "r1", name: "Gyms this season", startedOn: "2026-11-25", partners: 3, running: 1, replied: 2, met: 1, referred: null, settled: false }]));
    const opened = vi.fn();
    show(Plans, { onplan: opened });
    await screen.findByText("Northside Gym");
    expect(screen.getByText("0 of 2")).toBeTruthy();
    expect(screen.getByText("Visit the manager")).toBeTruthy();
    expect(screen.getByText("2 of 3")).toBeTruthy();
    expect(screen.getByText("1 of 3")).toBeTruthy();
    press("Enter");
    expect(opened).toHaveBeenCalledExactlyOnceWith("p1");
  });

  it("are gone through step by step, and stopped with a reason", async () => {
    vi.spyOn(commands, "planGet").mockImplementation(() => ok(page));
    const done = vi.spyOn(commands, "taskDone").mockImplementation(() => ok("t2"));
    const stop = vi.spyOn(commands, "planStop").mockImplementationOnce(() => refused("Say in a few words why it stops.", "note")).mockImplementation(() => ok(null));
    show(PlanScreen, { id: "p1", onback: vi.fn() });
    await screen.findByText(/^Due Wednesday, November 25/);
    expect(screen.getByText(/Becomes a task when the step before is done/)).toBeTruthy();
    expect(screen.getByText("when they answer, after 45 days")).toBeTruthy();
    press("d");
    await waitFor(() => expect(done).toHaveBeenCalledExactlyOnceWith("t1"));
    await fireEvent.click(screen.getByRole("button", { name: "Stop the plan" }));
    const dialog = await screen.findByRole("dialog", { name: "Stop the plan" });
    await fireEvent.click(within(dialog).getByRole("button", { name: /^Stop the plan/ }));
    expect(await screen.findByText("Say in a few words why it stops.")).toBeTruthy();
    await fireEvent.input(within(dialog).getByLabelText("Why it stops"), { target: { value: "They moved" } });
    await fireEvent.click(within(dialog).getByRole("button", { name: /^Stop the plan/ }));
    await waitFor(() => expect(stop).toHaveBeenLastCalledWith("p1", "They moved"));
  });

  it("begin with a partner, by the playbook that fits", async () => {
    const start = vi.spyOn(commands, "plansStart").mockImplementation(() => ok({ run: "r", started: 1, already: 0 }));
    planStart.begin({ playbook: "gym", partner: row.partner });
    show(StartPlan, { typeNames });
    await screen.findByText("The first step becomes a task: Visit the manager");
    await fireEvent.click(screen.getByRole("button", { name: /^Start/ }));
    await waitFor(() => expect(start).toHaveBeenCalledExactlyOnceWith({ playbook: "gym", name: "Gym", target: { kind: "partners", of: ["k"] }, holder: "m", startsOn: "2026-11-25" }));
    await waitFor(() => expect(planStart.open).toBe(false));
  });

  it("begin on a day that can be read, or not at all; and say “Begins” until then", async () => {
    const start = vi.spyOn(commands, "plansStart").mockImplementation(() => ok({ run: "r", started: 1, already: 0 }));
    planStart.begin({ playbook: "gym", partner: row.partner });
    show(StartPlan, { typeNames });
    await screen.findByText("The first step becomes a task: Visit the manager");
    const field = screen.getByLabelText("First day");
    await fireEvent.input(field, { target: { value: "some day" } });
    await fireEvent.blur(field);
    await fireEvent.click(screen.getByRole("button", { name: /^Start/ }));
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(start).not.toHaveBeenCalled();
    vi.spyOn(commands, "planGet").mockImplementation(() => ok({ ...page, row: { ...row, startedOn: "2026-12-01" } }));
    show(PlanScreen, { id: "p1", onback: vi.fn() });
    expect(await screen.findByText(/Begins Dec 1/)).toBeTruthy();
  });

  it("begin with everybody a filter lets through, and say how many that are", async () => {
    const start = vi.spyOn(commands, "plansStart").mockImplementation(() => refused("This playbook is followed with them already.", "target"));
    const ids = vi.spyOn(commands, "partnersIds").mockImplementation(() => ok(["a", "b"]));
    planStart.begin({ playbook: "gym" });
    show(StartPlan, { typeNames });
    await screen.findByText("The first step becomes a task: Visit the manager");
    await fireEvent.click(screen.getByRole("button", { name: /^Start/ }));
    expect(screen.getByText("Choose the partner.")).toBeTruthy();
    await fireEvent.click(screen.getByLabelText("A group"));
    expect(await screen.findByText(/^2 partners fit/)).toBeTruthy();
    expect(ids.mock.calls[0]?.[0]).toMatchObject({ filter: { type: ["gym"] } });
    await fireEvent.click(screen.getByRole("button", { name: /^Start/ }));
    await waitFor(() => expect(start.mock.calls[0]?.[0].target).toMatchObject({ kind: "segment", of: { type: ["gym"], status: [] } }));
    expect(await screen.findByText("This playbook is followed with them already.")).toBeTruthy();
  });
});

describe("playbooks", () => {
  it("are read by kind of partner, and changed as copies of the practice", async () => {
    const save = vi.spyOn(commands, "playbookSave").mockImplementationOnce(() => refused("Add a first step.", "steps")).mockImplementation(() => ok("gym"));
    show(Playbooks, { typeNames, classOf: () => "business" });
    await screen.findByText("Opening day", { selector: "button span" });
    expect(screen.getAllByRole("heading", { level: 2 }).map((head) => head.textContent)).toEqual(["Our own1", "Business1", "Opening day"]);
    await fireEvent.click(screen.getByRole("button", { name: "Gym" }));
    expect(screen.getByText("“Others left leaflets.”")).toBeTruthy();
    press("e");
    const dialog = await screen.findByRole("dialog", { name: "Change “Gym”" });
    await fireEvent.click(within(dialog).getByRole("button", { name: /^Save/ }));
    expect(await screen.findByText("Add a first step.")).toBeTruthy();
    await fireEvent.input(within(dialog).getByLabelText("Name"), { target: { value: "Our gyms" } });
    const [down] = within(dialog).getAllByRole("button", { name: "Move down" });
    if (down) await fireEvent.click(down);
    await fireEvent.click(within(dialog).getByRole("button", { name: /^Save/ }));
    await waitFor(() => expect(save).toHaveBeenCalledTimes(2));
    const saved = save.mock.calls[1]?.[0];
    expect(saved).toMatchObject({ id: "gym", name: "Our gyms", ofType: "gym" });
    expect(saved?.content.steps.map(({ title, afterDays }) => [title, afterDays])).toEqual([["Send three dates", 0], ["Visit the manager", 3]]);
  });
});

describe("the editor of a playbook", () => {
  const start = { id: "gym", name: "", ofType: "gym" as const, cameWith: true, content };
  const open = () => show(PlaybookEditor, { start, typeNames, onclose: vi.fn(), onsaved: vi.fn() });

  it("keeps what was typed for the same playbook, brings it back, and begins anew when asked", async () => {
    let kept: string | null = null;
    vi.spyOn(commands, "draftSave").mockImplementation((kind, body) => { kept = kind === "playbook.gym" ? body : kept; return ok(null); });
    vi.spyOn(commands, "draftGet").mockImplementation(() => ok(kept === null ? null : { body: kept, changedAt: 1 }));
    const clear = vi.spyOn(commands, "draftClear").mockImplementation(() => { kept = null; return ok(null); });
    const first = open();
    await fireEvent.input(await screen.findByLabelText("Whom to speak to"), { target: { value: "The owner" } });
    await waitFor(() => expect(kept).toContain("The owner"), { timeout: 2000 });
    first.unmount();
    open();
    await screen.findByText("What you typed the last time is here again.");
    expect(screen.getByLabelText<HTMLInputElement>("Whom to speak to").value).toBe("The owner");
    await fireEvent.click(screen.getByRole("button", { name: "Start over" }));
    expect(screen.getByLabelText<HTMLInputElement>("Whom to speak to").value).toBe("The manager");
    await waitFor(() => expect(clear).toHaveBeenCalledWith("playbook.gym"));
  });
});

describe("the card of a partner", () => {
  it("shows what is planned, and adds for that partner", async () => {
    vi.spyOn(commands, "tasksList").mockImplementation(() => ok({ today: "2026-11-25", rows: [first], more: false, mine: 1, all: 1 }));
    vi.spyOn(commands, "plansList").mockImplementation(() => ok([row]));
    show(PartnerCard, { partner: row.partner, type: "gym", keys: true });
    await screen.findByText("Gyms this season");
    press("t");
    expect(taskDialog.start.partner).toEqual(row.partner);
    await fireEvent.click(screen.getByRole("button", { name: /^Start a plan/ }));
    expect(planStart.with).toEqual({ playbook: "gym", partner: row.partner });
  });
});
