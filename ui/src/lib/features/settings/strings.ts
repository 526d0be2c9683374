/** Words of the settings. */
import { counted } from "$lib/design";

export const settingsStrings = {
  title: "Settings",
  practice: {
    title: "Practice",
    name: "Name",
    profile: "You",
    timeZone: "Time zone",
    folder: "Kept in",
    sample: "This is the sample practice. It is made anew each time and nothing in it is real.",
  },
  check: {
    title: "Check the file",
    text: "Reads every page and recomputes the chain of history.",
    now: "Check now",
    ok: "The file is whole and its history is unbroken.",
    entries: (n: number) => counted(n, "entry of history", "entries of history"),
    notWhole: "Part of the file is damaged. Stop working in it and open the newest backup.",
    brokenAt: (seq: string) => `History does not verify from entry ${seq} on. The data can be read; ask who changed the file outside Baton.`,
    incomplete: "The end of history is missing: the file is older than Baton last saw it. It may have been restored by another program.",
    copies: (n: number) => `${counted(n, "copy", "copies")} of the file made by a synchronizing program lie beside it. Keep the practice on this computer’s own disk.`,
  },
  screen: {
    title: "This computer",
    theme: "Colors",
    themes: { system: "As the system", light: "Light", dark: "Dark" },
    idle: "Lock after",
    idleHint: "Minutes without a key or a movement, 1 to 60. The practice may ask for less.",
    idleError: "Give whole minutes from 1 to 60.",
    letters: "Single letters are keys",
    lettersHint: "Turn this off if you speak to your computer. Keys with Ctrl, Cmd or Alt stay.",
    allKeys: "All keys are listed with",
  },
  audit: {
    title: "Audit log",
    text: "Who signed in, looked at a patient, changed, exported or printed what. Reviews of it are signed there.",
    open: "Open the log",
  },
  about: {
    title: "About Baton",
    text: "Baton keeps a practice’s referral network in one encrypted file on this computer. No account, no network, nothing sent anywhere.",
    license: "Free software under the MIT License or the Apache License 2.0, as you choose.",
  },
} as const;
