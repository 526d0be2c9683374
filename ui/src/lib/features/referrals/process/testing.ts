/** For tests: paths as the core gives them. */
import type { PathShown, Process, Stage } from "$lib/ipc/bindings";

const stage = (code: string, more: Partial<Stage> = {}): Stage => ({ code, name: null, limit: null, urgentLimit: null, after: null, required: [], checklist: [], ...more });

export const inbound: Process = {
  stages: [
    stage("received"),
    stage("acknowledged", { limit: { count: 2, unit: "wd" } }),
    stage("contacted", { limit: { count: 2, unit: "wd" }, urgentLimit: { count: 1, unit: "wd" } }),
    stage("scheduled", { limit: { count: 5, unit: "wd" }, required: ["scheduled_on"] }),
    stage("seen", { limit: { count: 14, unit: "d" }, urgentLimit: { count: 3, unit: "d" }, required: ["seen_on"] }),
    stage("report_sent", { limit: { count: 7, unit: "d" }, after: "seen" }),
    stage("closed", { required: ["outcome"] }),
  ],
  grace: { count: 2, unit: "wd" }, rebook: { count: 7, unit: "d" }, lookAgain: { count: 14, unit: "d" }, attempts: 3,
};

export const pathOf = (more: Partial<PathShown> = {}): PathShown => ({ direction: "inbound", kind: null, process: inbound, standard: inbound, changed: false, open: 212, changedAt: null, changedBy: null, ...more });
