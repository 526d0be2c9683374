/** Who works with restricted referrals: whoever changes referrals and sees patients. */
import type { access } from "$lib/records/access.svelte";

export const mayRestrict = (who: Pick<typeof access, "writes" | "hides">): boolean => who.writes("referrals") && !who.hides("patients");
