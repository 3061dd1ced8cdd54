/** A route's method and its path, in which `:name` stands for anything. */
interface Route {
  readonly method: string;
  readonly path: string;
}

/** The methods that a path has; none when it is no path of the server. A route that names the path itself stands before one that it only fits. */
export function allowedMethods(routes: readonly Route[], path: string): string[] {
  const own = routes.filter(({ method }) => method !== "ALL");
  const named = own.filter((route) => route.path === path);
  const chosen = named.length > 0 ? named : own.filter((route) => fits(route.path.split("/"), path.split("/")));
  const methods = new Set(chosen.map(({ method }) => method));
  return [...methods, ...(methods.has("GET") ? ["HEAD"] : [])];
}

function fits(pattern: readonly string[], asked: readonly string[]): boolean {
  return pattern.length === asked.length && pattern.every((part, i) => part === asked[i] || (part.startsWith(":") && asked[i] !== ""));
}
