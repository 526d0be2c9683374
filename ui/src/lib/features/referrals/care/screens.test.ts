import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { commands, type Answers, type Consent, type ConsentNow, type Experience, type ReferralPageRecord, type RegisterRow, type Rights } from "$lib/ipc/bindings";
import { fieldDate, todayIso } from "$lib/design";
import { access } from "$lib/records/access.svelte";
import { handleKey } from "$lib/shell/keys";
import AnswersForm from "./AnswersForm.svelte";
import Consents from "./Consents.svelte";
import Experiences from "./Experiences.svelte";
import { following } from "./following.svelte";
import FollowUpDialog from "./FollowUpDialog.svelte";
import ReferralCare from "./ReferralCare.svelte";
import ReopenDialog from "./ReopenDialog.svelte";
import RestrictedBand from "./RestrictedBand.svelte";
import RestrictedScreen from "./RestrictedScreen.svelte";

vi.mock("$app/navigation", () => ({ goto: vi.fn() }));
vi.mock("@tanstack/svelte-query", async (original) => {
  const real = await original<typeof import("@tanstack/svelte-query")>();
  return { ...real, createQuery: (options: Parameters<typeof real.createQuery>[0]) => real.createQuery(options, () => new real.QueryClient({ defaultOptions: { queries: { retry: false } } })) };
});

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const refused = (field: string, message: string) => Promise.resolve({ status: "error" as const, error: { code: "invalid" as const, message, field } });
const nobody = { partner: null, partnerName: null, class: null, person: null, personName: null };
const row: RegisterRow = {
  id: "r", patient: "R. Achterberg", receivedOn: "2026-11-02", direction: "inbound", chartNumber: null, from: nobody, to: nobody, sourceAnswer: "not_asked",
  reason: null, serviceLine: null, diagnosisGroup: null, country: null, urgency: null, state: "lost", scheduledOn: null, seenOn: "2026-11-10", closedOn: "2026-11-12",
};
const page = (more: Partial<ReferralPageRecord> = {}): ReferralPageRecord => ({
  row, patientId: "p", patientBornOn: null, payer: null, amountCents: null, statusText: null, note: null, import: null, createdAt: 1, createdBy: "Ana", changedAt: 1, changedBy: "Ana",
  trashedAt: null, restricted: null, timeline: [], othersOfPatient: [], ...more,
});
const nothing: Answers = {
  prequal: { reason: null, workup: null, records: null, insurance: null }, intent: { urgentNeed: null, informed: null, readyToBook: null }, confidence: null,
  needs: { patient: null, sender: null, receiver: null }, served: { patient: null, sender: null, receiver: null, intermediary: null }, secondOpinion: null,
  travel: { credentials: null, records: null, aftercare: null, complications: null, consent: null }, travelOverride: null, homeDoctor: null, documents: [], plan: null, help: null,
};
const experience: Experience = { id: "e", visitOn: "2026-11-10", rating: 4, confidence: null, tookPart: 7, comment: "Waited long", followedUpOn: null, followUpNote: null };
const given: Consent = { id: "c", purpose: "thank_you", given: true, on: "2026-11-02", form: "written", expiresOn: null, revokedOn: null, note: null, by: "Ana" };
const role = (more: Partial<Rights> = {}): Rights => ({
  network: "write", referrals: "write", insights: "none", exchange: "none", history: "none", vault: "none", scope: "all",
  hidden: { patients: false, reason: false, money: true }, export: false, manageProfiles: false, ...more,
} as Rights);
const submit = () => fireEvent.keyDown(screen.getByRole("dialog"), { key: "Enter", ctrlKey: true });

beforeEach(() => {
  access.rights = null;
  vi.restoreAllMocks();
  vi.spyOn(commands, "consentsList").mockReturnValue(ok([[given], [{ purpose: "thank_you", gate: "allowed" }]] as [Consent[], ConsentNow[]]));
  vi.spyOn(commands, "referralAnswers").mockReturnValue(ok(nothing));
  vi.spyOn(commands, "experiencesList").mockReturnValue(ok([experience]));
  vi.spyOn(commands, "draftGet").mockReturnValue(ok(null));
  vi.spyOn(commands, "draftSave").mockReturnValue(ok(null));
  vi.spyOn(commands, "draftClear").mockReturnValue(ok(null));
});

describe("consent", () => {
  it("is put down with its day and form; an end before it stands beside its field", async () => {
    const add = vi.spyOn(commands, "consentAdd").mockReturnValueOnce(refused("expiresOn", "It ends before it begins. Choose a later day.")).mockReturnValue(ok("new"));
    render(Consents, { props: { patient: "p", disabled: false } });
    await fireEvent.click(await screen.findByRole("button", { name: "Put down: Marketing" }));
    await fireEvent.click(screen.getByRole("radio", { name: "Spoken" }));
    const end = screen.getByLabelText<HTMLInputElement>("Last day it holds");
    await fireEvent.input(end, { target: { value: "1/1/2020" } });
    await fireEvent.blur(end);
    await submit();
    expect((await screen.findByText("It ends before it begins. Choose a later day.")).closest("[role=alert]")).toBeTruthy();
    expect(add.mock.calls[0]).toMatchObject(["p", { purpose: "marketing", given: true, form: "spoken", expiresOn: "2020-01-01", note: null }]);
    await fireEvent.click(screen.getByRole("radio", { name: "Refused" }));
    await submit();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(add.mock.calls[1]?.[1]).toMatchObject({ given: false, expiresOn: null });
  });

  it("waits while a day cannot be read", async () => {
    const add = vi.spyOn(commands, "consentAdd").mockReturnValue(ok("new"));
    render(Consents, { props: { patient: "p", disabled: false } });
    await fireEvent.click(await screen.findByRole("button", { name: "Put down: Marketing" }));
    const on = screen.getByLabelText<HTMLInputElement>("On");
    await fireEvent.input(on, { target: { value: "soon" } });
    await fireEvent.blur(on);
    await submit();
    expect(add).not.toHaveBeenCalled();
  });

  it("is revoked only after a word of what follows", async () => {
    const revoke = vi.spyOn(commands, "consentRevoke").mockReturnValue(ok(null));
    render(Consents, { props: { patient: "p", disabled: false } });
    await fireEvent.click(await screen.findByRole("button", { name: "Revoke: Name in a thank-you" }));
    expect(revoke).not.toHaveBeenCalled();
    expect(screen.getByText(/From today on it counts as refused/)).toBeTruthy();
    await submit();
    await waitFor(() => expect(revoke).toHaveBeenCalledExactlyOnceWith("c"));
  });

  it("offers nothing where nothing can be changed", async () => {
    render(Consents, { props: { patient: "p", disabled: true } });
    await screen.findByText("Success story");
    expect(screen.queryByRole("button")).toBeNull();
  });
});

describe("the tab for somebody who does not see patients", () => {
  it("asks for no consent and offers no restricting", async () => {
    access.rights = role({ referrals: "read", hidden: { patients: true, reason: true, money: true } });
    render(ReferralCare, { props: { record: page() } });
    await screen.findByText("What it came with");
    expect(commands.consentsList).not.toHaveBeenCalled();
    expect(screen.queryByText("Consent")).toBeNull();
    expect(screen.queryByText("Restrict this referral")).toBeNull();
    expect(screen.queryByRole("link")).toBeNull();
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.queryByRole("radio")).toBeNull();
  });

  it("shows the band without a way to release it", () => {
    access.rights = role({ referrals: "read" });
    render(RestrictedBand, { props: { id: "r", restriction: { since: "2026-11-02", note: null } } });
    expect(screen.getByText(/Restricted since/)).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("has no list of the restricted, and does not ask for one", () => {
    access.rights = role({ referrals: "read" });
    const list = vi.spyOn(commands, "restrictedList").mockReturnValue(ok([]));
    render(RestrictedScreen);
    expect(screen.getByText(/are for those who work with referrals/)).toBeTruthy();
    expect(list).not.toHaveBeenCalled();
  });
});

describe("answers", () => {
  const line = async (name: string) => within(await screen.findByRole("radiogroup", { name }));

  it("are given by letters and saved together on leaving", async () => {
    const set = vi.spyOn(commands, "referralAnswersSet").mockReturnValue(ok(null));
    render(AnswersForm, { props: { id: "r", disabled: false } });
    const records = await screen.findByRole("radiogroup", { name: "Records are there" });
    await fireEvent.keyDown(records, { key: "x" });
    await fireEvent.keyDown(screen.getByRole("radiogroup", { name: "The sender’s" }), { key: "p" });
    await fireEvent.keyDown(screen.getByRole("radiogroup", { name: "The referrer’s confidence in us" }), { key: "4" });
    expect((await line("Records are there")).getByRole<HTMLInputElement>("radio", { name: "Not needed" }).checked).toBe(true);
    expect(set).not.toHaveBeenCalled();
    expect(screen.getByText("Not saved yet")).toBeTruthy();
    await fireEvent.focusOut(records, { relatedTarget: null });
    await waitFor(() => expect(set).toHaveBeenCalledOnce());
    expect(set.mock.calls[0]).toMatchObject(["r", { prequal: { records: "not_needed", reason: null }, needs: { sender: "partly" }, confidence: 4 }]);
    expect(await screen.findByText("Saved")).toBeTruthy();
  });

  it("are written over what somebody else put down meanwhile", async () => {
    const set = vi.spyOn(commands, "referralAnswersSet").mockReturnValue(ok(null));
    render(AnswersForm, { props: { id: "r", disabled: false } });
    const reason = await screen.findByRole("radiogroup", { name: "Reason is clear" });
    vi.mocked(commands.referralAnswers).mockReturnValue(ok({ ...nothing, homeDoctor: "Dr. Ito", prequal: { ...nothing.prequal, workup: "yes" } }));
    await fireEvent.keyDown(reason, { key: "y" });
    await fireEvent.focusOut(reason, { relatedTarget: null });
    await waitFor(() => expect(set).toHaveBeenCalledOnce());
    expect(set.mock.calls[0]?.[1]).toMatchObject({ homeDoctor: "Dr. Ito", prequal: { reason: "yes", workup: "yes" } });
  });

  it("stay on the screen when they could not be saved", async () => {
    vi.spyOn(commands, "referralAnswersSet").mockReturnValue(refused("confidence", "Give a whole number from 0 to 5."));
    render(AnswersForm, { props: { id: "r", disabled: false } });
    const reason = await screen.findByRole("radiogroup", { name: "Reason is clear" });
    await fireEvent.keyDown(reason, { key: "n" });
    await fireEvent.focusOut(reason, { relatedTarget: null });
    expect(await screen.findByText("Give a whole number from 0 to 5.")).toBeTruthy();
    expect((await line("Reason is clear")).getByRole<HTMLInputElement>("radio", { name: "No" }).checked).toBe(true);
  });
});

describe("the patient’s experience", () => {
  it("is put down by figures, and a low one says that it asks for a call", async () => {
    const add = vi.spyOn(commands, "experienceAdd").mockReturnValue(ok("new"));
    render(Experiences, { props: { row, disabled: false } });
    await fireEvent.click(await screen.findByRole("button", { name: "Put down an experience" }));
    await fireEvent.keyDown(screen.getByRole("radiogroup", { name: "How was the visit?" }), { key: "3" });
    expect(screen.getByText(/6 or less asks for a call/)).toBeTruthy();
    const confidence = screen.getByRole("radiogroup", { name: "How confident at the first visit?" });
    await fireEvent.keyDown(confidence, { key: "1" });
    await fireEvent.keyDown(confidence, { key: "0" });
    await fireEvent.input(screen.getByLabelText("In their words"), { target: { value: "👩🏽‍⚕️ was kind" } });
    handleKey(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true }));
    await waitFor(() => expect(add).toHaveBeenCalledExactlyOnceWith("r", { visitOn: "2026-11-10", rating: 3, confidence: 10, tookPart: null, comment: "👩🏽‍⚕️ was kind" }));
    await waitFor(() => expect(screen.queryByRole("radiogroup")).toBeNull());
  });

  it("keeps what was typed when it is refused", async () => {
    vi.spyOn(commands, "experienceAdd").mockReturnValue(refused("comment", "This is too long. Keep it to 4000 characters."));
    render(Experiences, { props: { row, disabled: false } });
    await fireEvent.click(await screen.findByRole("button", { name: "Put down an experience" }));
    const comment = screen.getByLabelText<HTMLTextAreaElement>("In their words");
    await fireEvent.input(comment, { target: { value: "x".repeat(10_000) } });
    await fireEvent.click(screen.getByRole("button", { name: /^Put down$/ }));
    expect(await screen.findByText("This is too long. Keep it to 4000 characters.")).toBeTruthy();
    expect(comment.value.length).toBe(10_000);
  });

  it("is followed up with what came of it", async () => {
    const follow = vi.spyOn(commands, "experienceFollowUp").mockReturnValue(ok(null));
    render(Experiences, { props: { row, disabled: false } });
    render(FollowUpDialog);
    await fireEvent.click(await screen.findByRole("button", { name: "Followed up" }));
    await fireEvent.input(screen.getByLabelText(/What came of it/), { target: { value: "Spoke with her" } });
    await submit();
    await waitFor(() => expect(follow).toHaveBeenCalledExactlyOnceWith("e", "Spoke with her"));
    expect(following.open).toBeNull();
  });
});

describe("reopening", () => {
  beforeEach(() => {
    vi.spyOn(commands, "door").mockReturnValue(ok({ session: { colleagues: [{ id: "t", name: "Tess Lindqvist", initials: "TL" }] } } as never));
    vi.spyOn(commands, "referralWay").mockReturnValue(ok({ row, holder: { holder: { kind: "profile", id: "a" }, name: "Ana Whitcomb", away: false, deputy: null }, steps: [], hands: [], stages: [], rebooked: [] } as never));
  });

  it("says how it had been closed, and asks why it goes on", async () => {
    const reopen = vi.spyOn(commands, "referralReopen").mockReturnValueOnce(refused("reason", "Say why it goes on.")).mockReturnValue(ok(null));
    const onleave = vi.fn();
    render(ReopenDialog, { props: { row, onleave } });
    expect(screen.getByText(/as lost\. That stays in the timeline/)).toBeTruthy();
    await submit();
    expect(await screen.findByText("Say why it goes on.")).toBeTruthy();
    await fireEvent.input(screen.getByLabelText("Why it goes on"), { target: { value: "She called after all" } });
    await screen.findByRole("option", { name: "Ana Whitcomb, as before" });
    await screen.findByRole("option", { name: "Tess Lindqvist" });
    const since = screen.getByLabelText(/^Since when/);
    await fireEvent.input(since, { target: { value: "1/1/2199" } });
    await fireEvent.blur(since);
    await submit();
    expect(reopen).toHaveBeenCalledOnce();
    await fireEvent.input(since, { target: { value: fieldDate(todayIso()) } });
    await fireEvent.blur(since);
    await submit();
    await waitFor(() => expect(onleave).toHaveBeenCalledOnce());
    expect(reopen.mock.calls[1]).toEqual(["r", { reason: "She called after all", on: todayIso(), holder: null, nextStep: null, dueOn: null }]);
  });
});
