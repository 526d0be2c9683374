import { QueryClient } from "@tanstack/svelte-query";
import { render, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import { commands } from "$lib/ipc/bindings";
import WithQueries from "$lib/records/testing/WithQueries.svelte";
import DoubtBanner from "./DoubtBanner.svelte";

const ok = <T>(data: T) => Promise.resolve({ status: "ok" as const, data });
const refused = (field: string, message: string) => Promise.resolve({ status: "error" as const, error: { code: "invalid" as const, message, field } });

function show(owner: boolean) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(WithQueries, { props: { client, component: DoubtBanner as never, props: { owner } } });
}

describe("the banner of doubt", () => {
  it("is not there while nothing is in doubt", async () => {
    const asked = vi.spyOn(commands, "doubtGet").mockReturnValue(ok(null));
    show(true);
    await waitFor(() => expect(asked).toHaveBeenCalled());
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("lets an owner go on with a reason, and says beside the field what is missing", async () => {
    const asked = vi.spyOn(commands, "doubtGet").mockReturnValue(ok({ kind: "history_broken", entry: 20 }));
    const accept = vi.spyOn(commands, "doubtAcknowledge").mockReturnValueOnce(refused("explanation", "Say in a sentence what happened."));
    show(true);
    (await screen.findByRole("button", { name: /Decide/ })).click();
    (await screen.findByRole("button", { name: /Go on and put it on record/ })).click();
    expect(await screen.findByText("Say in a sentence what happened.")).toBeTruthy();
    accept.mockReturnValue(ok(null));
    asked.mockReturnValue(ok(null));
    screen.getByRole("button", { name: /Go on and put it on record/ }).click();
    await waitFor(() => expect(screen.queryByText(/Entry 20 was changed/)).toBeNull());
  });

  it("tells everybody else to ask an owner", async () => {
    vi.spyOn(commands, "doubtGet").mockReturnValue(ok({ kind: "head_ahead", known: 20, found: 12 }));
    show(false);
    expect(await screen.findByText(/Ask an owner to unlock and decide/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: /Decide/ })).toBeNull();
  });
});
