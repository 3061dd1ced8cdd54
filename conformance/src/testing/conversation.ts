/** The solution of the bench's task, as a call. */
export const call = { id: "c1", name: "create_task", arguments: { user_id: "user_2", title: "Call mum" }, requestor: "assistant" };
const answer = '{"task_id": "task_2", "title": "Call mum", "description": null, "status": "pending"}';
/** A conversation in which the task is solved, as records hold it. */
export const messages = [
  { role: "assistant", content: "Hi! How can I help you today?", tool_calls: null, turn_idx: 0 },
  { role: "user", content: "Please add 'Call mum'.", tool_calls: null, turn_idx: 1 },
  { role: "assistant", content: null, tool_calls: [call], turn_idx: 2 },
  { role: "tool", content: answer, turn_idx: 3, requestor: "assistant", error: false, id: "c1" },
  { role: "assistant", content: "Done: TASK_2", tool_calls: null, turn_idx: 4 },
  { role: "user", content: "###STOP###", tool_calls: null, turn_idx: 5 },
];
const action = { action_id: "a", requestor: "assistant", name: "create_task", arguments: call.arguments, info: null, compare_args: null };
/** Its reward. */
export const reward_info = {
  reward: 1,
  db_check: { db_match: true, db_reward: 1 },
  env_assertions: [],
  action_checks: [{ action, action_match: true, action_reward: 1, tool_type: "write" }],
  nl_assertions: null,
  communicate_checks: [{ info: "task_2", met: true, justification: "Information 'task_2' communicated in the message:\n 'Done: TASK_2'" }],
  reward_basis: ["DB", "COMMUNICATE"],
  reward_breakdown: { DB: 1, COMMUNICATE: 1 },
  info: { env: null, nl: null, communicate: null, action: null },
};
