// A customer who says good morning, and hangs up at the first question.
import { createServer } from "node:http";

async function answer(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { messages } = JSON.parse(Buffer.concat(chunks).toString());
  const content = messages.length > 2 ? "Never mind. ###STOP###" : "Good morning.";
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }] }));
}

const server = createServer((request, response) => void answer(request, response));
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
