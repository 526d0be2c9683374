import axe from "axe-core";
import { mount } from "svelte";
import "../src/app.css";
import Components from "./Components.svelte";
import Papers from "./Papers.svelte";
import Screen from "./Screen.svelte";

const asked = new URLSearchParams(location.search);
const theme = asked.get("theme");
if (theme) document.documentElement.dataset.theme = theme;
const target = document.getElementById("gallery");
if (target && asked.get("view") === "paper") mount(Papers, { target, props: { of: asked.get("of") ?? "" } });
else if (target) mount(asked.get("view") === "screen" ? Screen : Components, { target });

/** `?open=combobox|menu|palette|keys|definition|table` opens a part, so that it can be looked at. */
setTimeout(() => {
  if (asked.get("open") === "combobox") {
    const field = [...document.querySelectorAll<HTMLInputElement>("[role=combobox]")].at(Number(asked.get("nth") ?? 0));
    field?.focus();
    if (field) field.value = "kei it";
    field?.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (asked.get("open") === "menu") document.querySelector<HTMLElement>("[aria-haspopup=menu]")?.click();
  if (asked.get("open") === "palette") window.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true }));
  if (asked.get("open") === "keys") window.dispatchEvent(new KeyboardEvent("keydown", { key: "?", shiftKey: true }));
  if (asked.get("open") === "definition") document.querySelector<HTMLElement>(".def")?.focus();
  if (asked.get("open") === "table") document.querySelector<HTMLElement>("figure button")?.click();
  if (asked.has("grid")) document.querySelector<HTMLElement>("[role=grid]")?.focus();
}, 100);

/** `?axe` writes what axe finds into the page's title and below the parts. */
if (asked.has("axe")) {
  setTimeout(async () => {
    const { violations } = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    const report = document.createElement("pre");
    report.id = "axe";
    report.textContent = violations.map((v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `  ${n.target.join(" ")} | ${n.failureSummary ?? ""}`).join("\n")}`).join("\n") || "no violations";
    document.body.append(report);
  }, 500);
}
