/** Countries by their name in the language of the window. */
import { appLocale } from "$lib/design";

/** "Germany" for DE; the code itself where it is none. */
export function countryName(code: string, locale: string = appLocale): string {
  try {
    return new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}
