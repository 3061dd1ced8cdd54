/**
 * @typedef {object} Simulation
 * @property {string} task_id
 * @property {number | null} reward
 * @property {number} messages
 * @property {string} termination_reason
 * @property {Record<string, string>} components what each component of the reward found
 *
 * @typedef {object} Report
 * @property {string} domain
 * @property {Simulation[]} simulations
 */

/**
 * One table over the reports of several runs: a line for each task, and one for each domain under its tasks.
 * @param {readonly Report[]} reports as `tau2 run --json` writes them
 * @returns {string}
 */
export function demoTable(reports) {
  const rows = [["domain", "task", "messages", "end", "reward", ""]];
  for (const { domain, simulations } of reports) {
    for (const { task_id, messages, termination_reason, reward, components } of simulations) {
      rows.push([domain, task_id, String(messages), termination_reason, amount(reward), ungraded(components)]);
    }
    const graded = simulations.map(({ reward }) => reward).filter((reward) => reward !== null);
    const mean = graded.length > 0 ? graded.reduce((sum, reward) => sum + reward, 0) / graded.length : null;
    rows.push([domain, `all ${simulations.length}, on average`, "", "", amount(mean)], []);
  }
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const line = (/** @type {string[]} */ row) =>
    row
      .map((cell, i) => (i === 2 || i === 4 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n").trimEnd();
}

/** @param {number | null} reward */
function amount(reward) {
  return reward === null ? "none" : reward.toFixed(2);
}

/** @param {Record<string, string>} components */
function ungraded(components) {
  const names = Object.keys(components).filter((name) => components[name] === "not_graded");
  return names.length > 0 ? `without ${names.join(", ")}: needs a judge model` : "";
}
