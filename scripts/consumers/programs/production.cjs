// Prints which build of mutative was loaded. It must be the one for production, whatever NODE_ENV says.
require("@tau2/domains");

console.log(Object.keys(require.cache).filter((path) => path.includes("mutative")));
