import type { Role } from "$lib/ipc/bindings";

/** Every role, the widest first. */
export const roles: readonly Role[] = ["owner", "clinician", "front_desk", "liaison", "compliance", "analyst", "read_only"];
