import type { IconName } from "$lib/design";
import { shellStrings } from "./strings";

/** A room of the house: a place in the sidebar with its own screens. */
export interface Room { id: keyof typeof shellStrings.rooms; label: string; icon: IconName; href: string }

const room = (id: Room["id"], icon: IconName, path: string): Room => ({ id, label: shellStrings.rooms[id], icon, href: `#${path}` });

/** In the order of the sidebar and of `Mod+1` … `Mod+9`. */
export const rooms: readonly Room[] = [
  room("today", "today", "/"),
  room("referrals", "baton", "/referrals"),
  room("partners", "partners", "/partners"),
  room("gratitude", "heart", "/gratitude"),
  room("outreach", "outreach", "/outreach"),
  room("field", "pin", "/field"),
  room("exchange", "sync", "/exchange"),
  room("scorecards", "insights", "/scorecards"),
  room("history", "history", "/history"),
  room("trash", "trash", "/trash"),
];

export const settingsHref = "#/settings";

/** The room a path such as `/partners/0190…` lies in. */
export function roomOf(path: string): Room["id"] | "settings" | null {
  if (path.startsWith("/settings")) return "settings";
  if (["/batons", "/leaks", "/help", "/inquiries", "/shared"].some((own) => path === own || path.startsWith(`${own}/`))) return "referrals";
  if (path === "/due" || path.startsWith("/due/")) return "outreach";
  const found = rooms.find(({ href }) => {
    const own = href.slice(1);
    return own === "/" ? path === "/" || path === "" : path === own || path.startsWith(`${own}/`);
  });
  return found?.id ?? null;
}
