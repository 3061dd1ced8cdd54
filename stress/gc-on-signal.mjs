// Loaded into a server whose memory is measured (`node --expose-gc --import`): collects all garbage on a signal.
process.on("SIGUSR2", () => globalThis.gc?.());
