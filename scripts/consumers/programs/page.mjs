// Runs what vite made for a page, without the globals of Node.
const { console } = globalThis;
for (const name of ["process", "Buffer", "global", "require"]) delete globalThis[name];
const { play } = await import("./vite-browser/browser.mjs");
console.log(play());
