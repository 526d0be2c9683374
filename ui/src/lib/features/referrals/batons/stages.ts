/** Stages are named alike wherever a referral's way is told. */
export * from "$lib/records/stages";
