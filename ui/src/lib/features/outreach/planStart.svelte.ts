/** The one dialog that starts a plan, from wherever one is. */
import type { TaskPartner } from "$lib/ipc/bindings";

export interface PlanBeginning { playbook?: string; partner?: TaskPartner }

class PlanStarting {
  opened = $state(0);
  open = $state(false);
  with: PlanBeginning = $state.raw({});

  begin = (beginning: PlanBeginning = {}) => {
    this.with = beginning;
    this.opened += 1;
    this.open = true;
  };
  close = () => {
    this.open = false;
    this.with = {};
  };
}

export const planStart = new PlanStarting();
