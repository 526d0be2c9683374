import { QueryClient } from "@tanstack/svelte-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi, type MockInstance } from "vitest";
import { commands, type Offer, type OfferRow, type Preflight } from "$lib/ipc/bindings";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import { handleKey } from "$lib/shell/keys";
import { gratitudeView } from "./gratitudeView.svelte";
import { freshOffer, offerOf, readOfferDraft, typedOf } from "./offerForm";
import Offers from "./Offers.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const press = (key: string) => handleKey(new KeyboardEvent("keydown", { key }));

const offer: Offer = {
  id: "o", partner: "gym", kind: "tour", what: "A tour of both houses", fromOn: "2026-12-05", toOn: null, oursCents: 20_000, theirsCents: 0,
  cash: "no", solicited: "no", federal: "unknown", purpose: "To know each other’s work", materials: null, fairValue: null, agreement: null,
};
const row: OfferRow = {
  id: "o", offer, partnerName: "Oak Street Gym", verdict: "needs_approval", findings: [{ check: "fair_value_missing", verdict: "needs_approval", source: "CK11: 42 CFR 1001.952(f)" }],
  standing: "waiting", approved: null, decidedOn: null, decidedBy: null, decisionNote: null, ownDecision: false, by: "Maren Okafor", trashReason: null,
};

let decide: MockInstance<typeof commands.giftOfferDecide>;
let trash: MockInstance<typeof commands.giftOfferTrash>;
let save: MockInstance<typeof commands.giftOfferSave>;

function open(rows: OfferRow[]) {
  vi.spyOn(commands, "giftOffersList").mockImplementation((trashed) => ok(trashed ? [] : rows));
  vi.spyOn(commands, "rewardApprovers").mockImplementation(() => ok(["Maren Okafor"]));
  vi.spyOn(commands, "draftGet").mockImplementation(() => ok(null));
  vi.spyOn(commands, "draftSave").mockImplementation(() => ok(null));
  vi.spyOn(commands, "draftClear").mockImplementation(() => ok(null));
  vi.spyOn(commands, "giftRecipients").mockImplementation(() => ok([]));
  vi.spyOn(commands, "giftOfferCheck").mockImplementation(() => ok<Preflight>({ verdict: "allowed", shares: [], eachCents: null, meters: [], limits: null }));
  decide = vi.spyOn(commands, "giftOfferDecide").mockImplementation(() => ok(null));
  trash = vi.spyOn(commands, "giftOfferTrash").mockImplementation(() => ok(null));
  save = vi.spyOn(commands, "giftOfferSave").mockImplementation(() => ok("o"));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  render(WithQueries, { props: { client, component: Offers as never, props: {} } });
}

beforeEach(() => gratitudeView.leave());

describe("what is done together", () => {
  it("is listed with its shares and says which rule asks for approval", async () => {
    open([row]);
    expect(await screen.findByText("$200.00 and $0.00")).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: "Oak Street Gym" }));
    expect(await screen.findByText(/Unequal shares without a note/)).toBeTruthy();
    expect(screen.getAllByText("Waits for approval").length).toBe(2);
  });

  it("is approved by one key, with a note that may be empty", async () => {
    open([row]);
    await screen.findByText("Oak Street Gym");
    press("j");
    await screen.findByText(/Unequal shares/);
    press("y");
    await screen.findByText(/The decision stays on record/);
    await fireEvent.click((await screen.findAllByRole("button", { name: /^Approve/ })).at(-1) as HTMLElement);
    await waitFor(() => expect(decide).toHaveBeenCalledExactlyOnceWith("o", { approved: true, note: "" }));
  });

  it("goes to the trash with its reason", async () => {
    open([row]);
    await fireEvent.click(await screen.findByRole("button", { name: "Oak Street Gym" }));
    await fireEvent.click(await screen.findByRole("button", { name: "Move to the trash" }));
    await fireEvent.input(await screen.findByLabelText(/Reason/), { target: { value: "The hall is closed" } });
    await fireEvent.click((await screen.findAllByRole("button", { name: /^Move to the trash/ })).at(-1) as HTMLElement);
    await waitFor(() => expect(trash).toHaveBeenCalledExactlyOnceWith("o", "The hall is closed"));
  });

  it("asks for a partner from the list, beside the field, and saves nothing", async () => {
    open([]);
    await fireEvent.click((await screen.findAllByRole("button", { name: /Plan something together/ }))[0] as HTMLElement);
    await fireEvent.input(await screen.findByRole("combobox", { name: /With whom/ }), { target: { value: "Oak" } });
    await fireEvent.click(await screen.findByRole("button", { name: /^Save/ }));
    expect(await screen.findByText("Choose a partner from the list.")).toBeTruthy();
    expect(save).not.toHaveBeenCalled();
  });

  it("saves what was changed of one that is there, and not a partner typed over", async () => {
    open([row]);
    await fireEvent.click(await screen.findByRole("button", { name: "Oak Street Gym" }));
    press("e");
    await fireEvent.input(await screen.findByLabelText(/They bear/), { target: { value: "200" } });
    await fireEvent.click(await screen.findByRole("button", { name: /^Save/ }));
    await waitFor(() => expect(save).toHaveBeenCalledExactlyOnceWith({ ...offer, theirsCents: 20_000 }));
  });
});

describe("the form of what is done together", () => {
  it("reads a row back as it was", () => expect(offerOf(typedOf(row))).toEqual(offer));

  it("asks nothing while the partner, the first day or an amount is missing", () => {
    expect(offerOf(freshOffer())).toBeNull();
    expect(offerOf({ ...typedOf(row), ours: "twelve" })).toBeNull();
    expect(offerOf({ ...typedOf(row), ours: "" })?.oursCents).toBe(0);
  });

  it("takes a draft that is one, and never as an older record", () => {
    expect(readOfferDraft(JSON.stringify(typedOf(row)))).toMatchObject({ what: offer.what, id: null });
    expect(readOfferDraft("{}")).toBeNull();
  });
});
