import type { ChatModel } from "./chat-model.ts";

/** Calls, tokens and cost of one role's models. */
export interface RoleUsage {
  /** Calls that returned a reply. */
  calls: number;
  failures: number;
  prompt_tokens: number;
  completion_tokens: number;
  /** US dollars of the calls with a known price. */
  cost: number;
  /** Calls with an unknown price. If there are any, `cost` is a lower bound. */
  unpriced: number;
}

/** Counter of model calls by role. */
export interface UsageMeter {
  /** Wraps a model so that its calls count for a role such as `agent`, `user` or `judge`. */
  metered(role: string, model: ChatModel): ChatModel;
  /** Returns a copy of the counts so far. */
  totals(): Record<string, RoleUsage>;
}

/** Creates a meter with all counts at zero. */
export function createUsageMeter(): UsageMeter {
  const roles = new Map<string, RoleUsage>();
  return {
    metered(role, model) {
      const sum = roles.get(role) ?? { calls: 0, failures: 0, prompt_tokens: 0, completion_tokens: 0, cost: 0, unpriced: 0 };
      roles.set(role, sum);
      return {
        name: model.name,
        async complete(request) {
          try {
            const reply = await model.complete(request);
            sum.calls += 1;
            sum.prompt_tokens += reply.usage?.prompt_tokens ?? 0;
            sum.completion_tokens += reply.usage?.completion_tokens ?? 0;
            sum.cost += reply.cost ?? 0;
            sum.unpriced += reply.cost === null ? 1 : 0;
            return reply;
          } catch (thrown) {
            sum.failures += 1;
            throw thrown;
          }
        },
      };
    },
    totals: () => Object.fromEntries([...roles].map(([role, sum]) => [role, { ...sum }])),
  };
}
