import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, normalize } from "node:path";

/**
 * Writes `repository`, `homepage` and `bugs` into every published manifest and the root's, the address into the README's `git clone`, and makes the links of the packages' READMEs absolute.
 * A second run with another address replaces the first one's.
 * @param {string} root folder of the project
 * @param {string} address such as `https://github.com/OWNER/NAME`
 * @returns {string[]} the files that changed, relative to `root`
 * @throws {Error} when the address is not that of a repository on GitHub
 */
export function setRepository(root, address) {
  const url = parseAddress(address);
  const folders = readdirSync(join(root, "packages"))
    .map((name) => `packages/${name}`)
    .filter((folder) => existsSync(join(root, folder, "package.json")))
    .toSorted();
  const previous = getRepository(root);
  const changed = folders.flatMap((folder) => [
    ...update(root, `${folder}/package.json`, (text) => withLinks(text, url, folder)),
    ...update(root, `${folder}/README.md`, (text) => withAbsoluteLinks(text, { root, folder, url, previous })),
  ]);
  const clone = update(root, "README.md", (text) => text.replaceAll(/(?<=git clone )\S+(?= tau2$)/gm, `${url}.git`));
  return [...changed, ...clone, ...update(root, "package.json", (text) => withLinks(text, url, null))];
}

/**
 * @param {string} root
 * @returns {string | null} the address that was set; null before the first time
 */
function getRepository(root) {
  const { homepage } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return typeof homepage === "string" ? homepage.replace(/#readme$/, "") : null;
}

/**
 * @param {string} address
 * @returns {string} without `.git` or a slash at the end
 * @throws {Error}
 */
function parseAddress(address) {
  // npm's provenance and trusted publishing, and `.github`, are GitHub's.
  const found = /^https:\/\/github\.com\/([\w-]+)\/([\w.-]+?)(\.git)?\/?$/.exec(address);
  if (found) return `https://github.com/${found[1]}/${found[2]}`;
  throw new Error(`"${address}" is not the address of a repository. Example: pnpm set-repository https://github.com/OWNER/NAME`);
}

/**
 * @param {string} text of a manifest
 * @param {string} url
 * @param {string | null} directory of the package; null for the root
 */
function withLinks(text, url, directory) {
  const manifest = JSON.parse(text);
  const links = {
    homepage: directory === null ? `${url}#readme` : `${url}/tree/main/${directory}#readme`,
    bugs: { url: `${url}/issues` },
    repository: { type: "git", url: `git+${url}.git`, ...(directory !== null && { directory }) },
  };
  const entries = Object.entries(manifest).filter(([key]) => !Object.hasOwn(links, key));
  // The formatter's order: links stand after the keywords, the repository after the licence.
  const at = (/** @type {string} */ key) => entries.findIndex(([name]) => name === key) + 1;
  entries.splice(at("license"), 0, ["repository", links.repository]);
  entries.splice(at("keywords") || at("description"), 0, ["homepage", links.homepage], ["bugs", links.bugs]);
  return formatLike(text, Object.fromEntries(entries));
}

/**
 * @param {string} text the manifest as it was: short lists in one line stay in one line
 * @param {Record<string, unknown>} manifest
 */
function formatLike(text, manifest) {
  const json = `${JSON.stringify(manifest, null, 2)}\n`;
  return json.replaceAll(/\[\n[^[\]{}]*\]/g, (list) => {
    const short = `[${list.slice(1, -1).trim().split(/,\s*/).join(", ")}]`;
    return text.includes(short) ? short : list;
  });
}

/**
 * @param {string} text of a README
 * @param {{ root: string, folder: string, url: string, previous: string | null }} where
 */
function withAbsoluteLinks(text, { root, folder, url, previous }) {
  const base = `${url}/blob/main/`;
  const renewed = previous === null ? text : text.replaceAll(`](${previous}/blob/main/`, `](${base}`);
  return renewed.replaceAll(/\]\((?![a-z]+:|#)([^)\s#]+)(#[^)\s]*)?\)/g, (link, path, anchor = "") => {
    const target = normalize(join(folder, path)).replaceAll("\\", "/");
    return existsSync(join(root, target)) ? `](${base}${target}${anchor})` : link;
  });
}

/**
 * @param {string} root
 * @param {string} path
 * @param {(text: string) => string} change
 * @returns {string[]} the path when the file changed
 */
function update(root, path, change) {
  const file = join(root, path);
  if (!existsSync(file)) return [];
  const text = readFileSync(file, "utf8");
  const changed = change(text);
  if (changed === text) return [];
  writeFileSync(file, changed);
  return [path];
}
