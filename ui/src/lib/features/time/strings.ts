/** Words of the time view. */
import { longDate } from "$lib/design";

export const timeStrings = {
  command: "See the practice as of an earlier day",
  commandWords: "time view past history date back as of",
  title: "See an earlier day",
  text: "Everything is shown as it was at the end of that day, by today’s definitions. Nothing can be changed there.",
  day: "Day",
  dayMissing: "Give a day.",
  go: "Show that day",
  cancel: "Cancel",
  making: "Going back",
  band: (day: string) => `As of ${longDate(day)}`,
  bandText: "Look only; nothing can be changed.",
  another: "Another day",
  back: "Back to today",
  fromEntry: "See the practice as of this entry",
} as const;
