/** The frame around every screen. It knows no command of the core: it is given data and callbacks. */
export { default as AppShell } from "./AppShell.svelte";
export { device, type DeviceChoices } from "./device.svelte";
export { watchIdle } from "./idle";
export { keySettings, registerKeys, type Layer, type Shortcut } from "./keys";
export type { Command, FindRecords, Hit } from "./palette";
export { zoom, zoomSteps } from "./zoom.svelte";
export { roomOf, rooms, settingsHref, type Room } from "./rooms";
export { theme, type Theme } from "./theme.svelte";
