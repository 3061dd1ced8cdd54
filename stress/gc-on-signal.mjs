// Loaded into a server whose memory is measured (`node --expose-gc --import`): collects all garbage when it is told to.
process.on("SIGUSR2", () => globalThis.gc?.());
