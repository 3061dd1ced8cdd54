import { expect, test } from "vitest";
import { startModelServer } from "./model-server.ts";

const post = (baseUrl: string, body = "{}") => fetch(`${baseUrl}/chat/completions`, { method: "POST", body });

test("the model server replies from its list, records requests, and refuses further ones", async () => {
  await using server = await startModelServer(["Hello", { status: 418, body: { short: true }, headers: { "x-pot": "tea" } }]);
  expect(await (await post(server.baseUrl, '{"model": "m"}')).json()).toMatchObject({
    model: "m",
    choices: [{ message: { role: "assistant", content: "Hello" } }],
  });
  const second = await post(server.baseUrl);
  expect([second.status, second.headers.get("x-pot"), await second.json()]).toEqual([418, "tea", { short: true }]);
  expect([(await post(server.baseUrl)).status, server.requests.length]).toEqual([400, 3]);
  expect(server.requests[0]).toMatchObject({ method: "POST", path: "/v1/chat/completions", body: { model: "m" } });
});

test("a handler gets the request and its number, and its error is reported", async () => {
  await using server = await startModelServer(({ body }, n) => {
    if (n > 0) throw new Error("boom");
    return `${n}: ${JSON.stringify(body)}`;
  });
  expect(await (await post(server.baseUrl, '{"model": "m"}')).text()).toContain(String.raw`0: {\"model\":\"m\"}`);
  expect(await (await post(server.baseUrl)).text()).toContain("boom");
});

test("closing does not wait for pending answers", async () => {
  const server = await startModelServer([{ fault: "hang" }]);
  const waiting = post(server.baseUrl);
  while (server.requests.length === 0) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  const [answer] = await Promise.allSettled([waiting, server.close()]);
  expect(answer.status).toBe("rejected");
});
