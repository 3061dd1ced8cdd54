/** The methods that a path has; none when it is no path of the server. */
export function allowedMethods(routes: readonly { method: string; path: string }[], path: string): string[] {
  const asked = path.split("/");
  const own = routes.filter(({ method, path: pattern }) => method !== "ALL" && fits(pattern.split("/"), asked));
  const methods = new Set(own.map(({ method }) => method));
  return [...methods, ...(methods.has("GET") ? ["HEAD"] : [])];
}

function fits(pattern: readonly string[], asked: readonly string[]): boolean {
  return pattern.length === asked.length && pattern.every((part, i) => part === asked[i] || (part.startsWith(":") && asked[i] !== ""));
}
