import { getErrorMessage } from "@tau2/domains/internal";
import { openAiModel } from "@tau2/user-sim";
import { fetchThroughProxy } from "@tau2/user-sim/internal";

// Calls a model and fetches its list of models, and prints both results or errors.
const [baseUrl = ""] = process.argv.slice(2);
const model = openAiModel({ model: "m", baseUrl, maxRetries: 0 });
const reply = await model.complete({ messages: [{ role: "user", content: "Hi" }] }).then(({ content }) => content, getErrorMessage);
const status = await fetchThroughProxy(`${baseUrl}/models`, { signal: AbortSignal.timeout(20_000) }).then(
  async (response) => `${response.status} ${await response.text()}`,
  () => "no answer",
);
process.stdout.write(JSON.stringify({ reply, status }));
