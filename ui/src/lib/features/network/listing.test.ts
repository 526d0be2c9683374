import { describe, expect, it } from "vitest";
import type { Column } from "$lib/design";
import type { SavedPartnerView } from "$lib/ipc/bindings";
import { fitting, isChanged, isFiltered, listingOf, queryOf, startListing, tidy, viewOf, type Listing } from "./listing";

const quiet: SavedPartnerView = {
  id: "v1", name: "Quiet", partners: 6,
  view: { filter: { text: "", class: [], type: [], status: ["dormant", "cooling"], tag: ["t1"], owner: [], withoutOwner: false }, sort: "last_referral", descending: true, columns: ["name", "status", "last"] },
};

describe("the partner list", () => {
  it("asks for nothing that was not chosen", () => {
    expect(tidy({ text: "  ", class: [], status: ["active"], withoutOwner: false })).toEqual({ status: ["active"] });
    expect(isFiltered({ text: "", tag: [] })).toBe(false);
    expect(isFiltered({ withoutOwner: true })).toBe(true);
  });

  it("is sorted by what the column shows", () => {
    expect(queryOf({ filter: {}, sort: { column: "referrals", descending: true } })).toEqual({ filter: {}, sort: "received_year", descending: true });
    expect(queryOf({ filter: {}, sort: { column: "last", descending: false } }).sort).toBe("last_referral");
  });

  it("shows a status under its own view and keeps order and columns", () => {
    const from: Listing = { ...startListing, filter: { text: "pine" }, sort: { column: "city", descending: false }, hidden: ["owner"] };
    expect(listingOf("cooling", from)).toEqual({ view: "cooling", filter: { status: ["cooling"] }, sort: from.sort, hidden: ["owner"] });
    expect(listingOf("all", from).filter).toEqual({});
  });

  it("shows a kept view as it was kept, whatever stood before", () => {
    expect(listingOf(quiet, startListing)).toEqual({
      view: "v1", filter: { status: ["dormant", "cooling"], tag: ["t1"] }, sort: { column: "last", descending: true }, hidden: ["type", "ring", "touch", "referrals", "city", "owner"],
    });
  });

  it("knows when it no longer shows what its view keeps", () => {
    const listing = listingOf(quiet, startListing);
    expect(isChanged(listing, quiet)).toBe(false);
    expect(isChanged({ ...listing, filter: { tag: ["t1"], status: ["cooling", "dormant"] } }, quiet)).toBe(false);
    expect(isChanged({ ...listing, sort: { column: "name", descending: false } }, quiet)).toBe(true);
    expect(isChanged({ ...listing, hidden: [] }, quiet)).toBe(true);
    expect(isChanged(listing, undefined)).toBe(false);
  });

  it("keeps all columns as usual when none is hidden", () => {
    expect(viewOf(startListing).columns).toEqual([]);
    expect(viewOf({ ...startListing, hidden: ["city", "owner"] }).columns).toEqual(["name", "type", "ring", "status", "touch", "last", "referrals"]);
  });

  it("gives up columns where there is little room, and never the name", () => {
    const columns: Column<unknown>[] = [
      { id: "name", label: "", width: "minmax(170px, 1fr)" }, { id: "type", label: "", width: "120px" }, { id: "status", label: "", width: "84px" },
      { id: "last", label: "", width: "84px" }, { id: "referrals", label: "", width: "104px" }, { id: "city", label: "", width: "96px" }, { id: "owner", label: "", width: "44px" },
    ];
    expect([...fitting(columns, new Set(), 1200)]).toEqual([]);
    expect([...fitting(columns, new Set(), 672)]).toEqual(["city", "type"]);
    expect(fitting(columns, new Set(), 100).has("name")).toBe(false);
    expect([...fitting(columns, new Set(["status"]), 1200)]).toEqual(["status"]);
  });
});
