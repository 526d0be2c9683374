/** What somebody answers about a referral: only what they touched is written, over what stands there by then. */
import { ask } from "$lib/ipc/call";
import { commands, type Answers, type Intent, type Needs, type PartiesServed, type Prequal, type TravelChecks } from "$lib/ipc/bindings";

/** The answers that were touched; null empties one. */
export interface AnswerPatch {
  prequal?: Partial<Prequal>;
  intent?: Partial<Intent>;
  needs?: Partial<Needs>;
  served?: Partial<PartiesServed>;
  travel?: Partial<TravelChecks>;
  confidence?: number | null;
  travelOverride?: string | null;
  secondOpinion?: Answers["secondOpinion"];
}

export function isEmpty(patch: AnswerPatch): boolean {
  return Object.keys(patch).length === 0;
}

/** The answers with what was touched over them. */
export function merged(answers: Answers, patch: AnswerPatch): Answers {
  return {
    ...answers,
    prequal: { ...answers.prequal, ...patch.prequal },
    intent: { ...answers.intent, ...patch.intent },
    needs: { ...answers.needs, ...patch.needs },
    served: { ...answers.served, ...patch.served },
    travel: { ...answers.travel, ...patch.travel },
    ...(patch.travelOverride === undefined ? {} : { travelOverride: patch.travelOverride }),
    ...(patch.confidence === undefined ? {} : { confidence: patch.confidence }),
    ...(patch.secondOpinion === undefined ? {} : { secondOpinion: patch.secondOpinion }),
  };
}

/** Two patches as one; the later word counts. */
export function joined(first: AnswerPatch, then: AnswerPatch): AnswerPatch {
  const all: AnswerPatch = { ...first, ...then };
  if (first.prequal || then.prequal) all.prequal = { ...first.prequal, ...then.prequal };
  if (first.intent || then.intent) all.intent = { ...first.intent, ...then.intent };
  if (first.needs || then.needs) all.needs = { ...first.needs, ...then.needs };
  if (first.served || then.served) all.served = { ...first.served, ...then.served };
  if (first.travel || then.travel) all.travel = { ...first.travel, ...then.travel };
  return all;
}

/** Writes wait for one another, so that none puts down what another has just replaced. */
let before: Promise<unknown> = Promise.resolve();

/** Reads what stands there now and puts the patch over it, so that somebody else's answers stay. */
export function saveAnswers(id: string, patch: AnswerPatch): Promise<void> {
  const work = async () => {
    const now = await ask(commands.referralAnswers(id));
    await ask(commands.referralAnswersSet(id, merged(now, patch)));
  };
  const mine = before.then(work, work);
  before = mine.catch(() => undefined);
  return mine;
}
